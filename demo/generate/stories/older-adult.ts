import { addAllergy } from '#demo/generate/allergies.ts'
import { addCarePlan, addCareTeam } from '#demo/generate/care-together.ts'
import { addCondition, unsayCondition } from '#demo/generate/conditions.ts'
import { drawPanel } from '#demo/generate/labs.ts'
import { regularly } from '#demo/generate/live-through.ts'
import { noteTaken, prescribe, stopMedicine } from '#demo/generate/medicines.ts'
import { writeLetter } from '#demo/generate/notes.ts'
import { DAY, HOUR } from '#demo/generate/practice-clock.ts'
import { addProcedure, addStudy } from '#demo/generate/studies.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { pressureCourse } from './high-blood-pressure.ts'

/** Many troubles, many medicines, a daughter who manages the pill box. */
export const manyConditionsInOldAge: Story = {
  fits: { ages: [78, 95] }, ofForty: 2, mayHaveOthers: true,
  begin(chart) {
    const from = yearsOfRecords(chart, 2, 4)
    for (const state of ['confirmed', 'refuted'] as const) addAllergy(chart, from, state)
    addCareTeam(chart, from)
    addCarePlan(chart, from, { title: 'Staying at home', goal: 'No falls', activities: ['Physical therapy at home', 'Pill box filled by daughter', 'Night light in the hall'] })
    const active = (['kneeArthritis', 'reflux', 'thinBones', 'memoryLoss', 'lungDisease'] as const).map(key => addCondition(chart, key, { at: from }))
    const mistaken = addCondition(chart, 'type2Diabetes', { at: from + 40 * DAY })
    unsayCondition(mistaken, chart.random.pick(['refuted', 'entered-in-error']), from + 90 * DAY)
    const pills = (['omeprazole', 'alendronate', 'gabapentin', 'tiotropium', 'trazodone', 'amlodipine'] as const).map(key => prescribe(chart, key, { at: from }))
    if (pills[4]) stopMedicine(pills[4], 'stopped', chart.recent, 'Falls')
    if (pills[2]) stopMedicine(pills[2], 'entered-in-error', from + DAY, 'Wrong patient')
    if (pills[3]) stopMedicine(pills[3], 'on-hold', chart.recent - 40 * DAY, 'While using nebulizer')
    noteTaken(chart, 'acetaminophen', chart.recent)
    noteTaken(chart, 'vitaminD', chart.recent - 400 * DAY, 'not-taken')
    return [{
      topic: 'older', times: regularly(chart, 80, from),
      onVisit(visit) {
        visit.conditions.push(...active.slice(0, 2))
        if (visit.back % 2 === 0) drawPanel(chart, 'metabolic', visit)
        if (visit.back % 3 === 0) drawPanel(chart, 'cbc', visit)
        if (visit.back % 4 === 0) drawPanel(chart, chart.random.pick(['vitamins', 'vitaminD', 'tsh']), visit)
        if (visit.ordinal === 1) addStudy(chart, 'kneePicture', visit)
        if (visit.ordinal === 2) addProcedure(chart, 'kneeInjection', visit)
        addProcedure(chart, 'reconciliation', visit)
        if (visit.back === 0) writeLetter(chart, visit.at + HOUR, ['Thank you for coming with your daughter this week.', 'We stopped one medicine that can cause falls. The rest stay the same.'], visit.encounter)
      },
    }, pressureCourse(chart, from)]
  },
}
