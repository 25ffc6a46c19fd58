import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { addCarePlan } from '#demo/generate/care-together.ts'
import type { Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { daysAgo, regularly, type Course } from '#demo/generate/live-through.ts'
import { prescribe, stopMedicine } from '#demo/generate/medicines.ts'
import { fileNote } from '#demo/generate/notes.ts'
import { textAttachment } from '#demo/generate/attachments.ts'
import { DAY } from '#demo/generate/practice-clock.ts'
import { addProcedure, addStudy } from '#demo/generate/studies.ts'
import { addHomeWeight } from '#demo/generate/vital-signs.ts'
import { drawUrinalysis } from '#demo/generate/urine-tests.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { pressureCourse } from './high-blood-pressure.ts'
import { yearlyCheck } from './yearly-check.ts'

/** INR every few weeks, mostly between 2 and 3, once far above. */
export const bloodThinner: Story = {
  fits: { ages: [58, 90] }, ofForty: 1,
  begin(chart) {
    const from = chart.recent - chart.random.whole(300, 700) * DAY
    addUsualAllergies(chart, from)
    const rhythm = addCondition(chart, 'atrialFibrillation', { at: from })
    const warfarin = prescribe(chart, 'warfarin', { at: from })
    prescribe(chart, 'metoprolol', { at: from })
    const aspirin = prescribe(chart, 'aspirin', { at: from - 200 * DAY })
    stopMedicine(aspirin, 'stopped', from, 'Bleeding risk with warfarin')
    return [{
      topic: 'bloodThinner', times: regularly(chart, 30, from), hasNote: visit => visit.back < 2 || chart.random.chance(0.25),
      onVisit(visit) {
        visit.conditions.push(rhythm)
        const inr = visit.ordinal === 0 ? 1.3 : visit.back === 3 ? 5.6 : chart.random.around(2.5, 0.45)
        drawPanel(chart, 'clotting', { ...visit, levels: { '6301-6': inr }, isPlain: visit.back === 3 })
        if (visit.back === 3) stopMedicine(warfarin, 'on-hold', visit.at, 'INR 5.6, hold two doses')
        if (visit.back === 2) stopMedicine(warfarin, 'completed', visit.at, 'Restarted at a lower dose')
        if (visit.back === 2) prescribe(chart, 'warfarin', visit)
        if (visit.ordinal === 0) addProcedure(chart, 'electrocardiogram', visit)
      },
    }, yearlyCheck(chart, from)]
  },
}

export const heartFailure: Story = {
  fits: { ages: [60, 93] }, ofForty: 1,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 3)
    addUsualAllergies(chart, from)
    addCarePlan(chart, from, { title: 'Heart failure plan', goal: 'No hospital stay this year', activities: ['Weigh each morning', 'Call when up 3 pounds in a day', 'Less than 2 grams of salt'] })
    const condition = addCondition(chart, 'heartFailure', { at: from })
    prescribe(chart, 'furosemide', { at: from })
    prescribe(chart, 'metoprolol', { at: from })
    return [{
      topic: 'heart', times: regularly(chart, 90, from),
      onVisit(visit) {
        visit.conditions.push(condition)
        drawPanel(chart, 'basicMetabolic', visit)
        drawPanel(chart, 'heartStrain', { ...visit, levels: { '30934-4': chart.random.around(visit.back === 0 ? 720 : 380, 90) } })
        if (visit.ordinal === 0) addStudy(chart, 'heartUltrasound', visit)
        if (visit.back === 0) for (let day = 1; day <= 12; day++) addHomeWeight(chart, visit.at - day * DAY)
      },
    }, hospitalStay(chart), pressureCourse(chart, from)]
  },
}

function hospitalStay(chart: Chart): Course {
  return {
    topic: 'heart', kind: 'hospital', times: [daysAgo(chart, 230)], hasNote: () => false,
    onVisit(visit) {
      visit.today = Object.assign(visit.today, { oxygen: 90, breaths: 24 })
      drawPanel(chart, 'metabolic', { ...visit, levels: { '2823-3': 6.5 }, isPlain: true })
      drawPanel(chart, 'basicMetabolic', { ...visit, at: visit.at + DAY, levels: { '2823-3': 4.6 } })
      addStudy(chart, 'chestNodule', visit)
      fileNote(chart, { at: visit.at + 3 * DAY, kind: 'discharge', encounter: visit.encounter, content: [textAttachment('DISCHARGE SUMMARY\nDx: Acute on chronic HFrEF.\nCourse: IV diuresis, -4 L. Hyperkalemia treated. Incidental 6 mm lung nodule.\nPt left against medical advice on day 3, later agreed to home health.\nF/u: PCP 7 d, repeat CT 6-12 mo.', 'Discharge summary', visit.at)] })
    },
  }
}

export const kidneyDisease: Story = {
  fits: { ages: [50, 90] }, ofForty: 1, mayHaveOthers: true,
  begin(chart) {
    const from = yearsOfRecords(chart, 2, 5)
    addUsualAllergies(chart, from)
    const condition = addCondition(chart, 'kidneyDisease', { at: from })
    addCondition(chart, 'gout', { at: from })
    prescribe(chart, 'allopurinol', { at: from })
    const times = regularly(chart, 110, from)
    const first = chart.random.around(1.45, 0.1)
    return [{
      topic: 'kidney', times,
      onVisit(visit) {
        visit.conditions.push(condition)
        const creatinine = first + 0.55 * (visit.ordinal / Math.max(1, times.length - 1))
        drawPanel(chart, 'basicMetabolic', { ...visit, levels: { '2160-0': creatinine, '3094-0': 18 * creatinine, '2823-3': 4.9 } })
        drawPanel(chart, 'urineAlbumin', { ...visit, levels: { '9318-7': 180 + visit.ordinal * 20 } })
        if (visit.back % 3 === 0) drawPanel(chart, 'minerals', { ...visit, levels: { '2731-8': 110 } })
        if (visit.back % 4 === 0) drawUrinalysis(chart, { ...visit, finding: 'protein' })
        if (visit.ordinal === 0) addStudy(chart, 'kidneyPicture', visit)
      },
    }, pressureCourse(chart, from)]
  },
}
