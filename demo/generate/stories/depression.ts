import { addUsualAllergies } from '#demo/generate/allergies.ts'
import { addCarePlan, addCareTeam } from '#demo/generate/care-together.ts'
import { labels, type Chart } from '#demo/generate/chart.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { regularly, type Course } from '#demo/generate/live-through.ts'
import { prescribe, renew, stopMedicine } from '#demo/generate/medicines.ts'
import { writeNote } from '#demo/generate/notes.ts'
import { DAY } from '#demo/generate/practice-clock.ts'
import { addMoodSurvey } from '#demo/generate/surveys.ts'
import { yearsOfRecords, type Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** A mood that lifts slowly, measured by PHQ-9; the therapist's own notes carry labels and never belong in the portal. */
export function moodCourse(chart: Chart, from: number): Course {
  const { random } = chart
  const condition = addCondition(chart, 'depression', { at: from, labels: labels.psychiatry })
  let pills = prescribe(chart, 'sertraline', { at: from })
  const times = regularly(chart, 75, from)
  const [worst, end] = [random.whole(15, 22), random.whole(2, 9)]
  chart.levels.set('mood', worst)
  return {
    topic: 'mood', times,
    onVisit(visit) {
      visit.conditions.push(condition)
      const share = visit.ordinal / Math.max(1, times.length - 1)
      addMoodSurvey(chart, random.around(worst + (end - worst) * share, 2), visit, visit.ordinal === 0 || visit.back < 2)
      if (visit.back === 2) {
        stopMedicine(pills, 'stopped', visit.at, 'Felt numb; changed')
        pills = prescribe(chart, 'escitalopram', visit)
      } else if (visit.ordinal > 0 && visit.ordinal % 5 === 0) pills = renew(chart, visit.back < 2 ? 'escitalopram' : 'sertraline', pills, visit)
      if (random.chance(0.3)) therapyNote(chart, visit.at + DAY)
    },
  }
}

function therapyNote(chart: Chart, at: number): void {
  writeNote(chart, { at, kind: 'psychotherapy', author: 'josieMarlgate', labels: labels.psychotherapy }, 'Therapy session',
    chart.random.pick(['Session note. Explored grief and the argument with brother. Transference noted. Pt guarded, then open.', 'Session note. Worked on automatic thoughts. Homework half done. Content not to be shared outside therapy record.']))
}

export const depression: Story = {
  fits: { ages: [18, 78] }, ofForty: 2, mayHaveOthers: true,
  begin(chart) {
    const from = yearsOfRecords(chart, 1, 3)
    addUsualAllergies(chart, from)
    addCareTeam(chart, from, true)
    addCarePlan(chart, from, { title: 'Feeling better', goal: 'PHQ-9 under 5', activities: ['Therapy every two weeks', 'Choir on Thursdays', 'Call 988 at any hour when it gets dark'] })
    if (chart.random.chance(0.4)) prescribe(chart, 'trazodone', { at: from + 60 * DAY })
    if (chart.random.chance(0.3)) addCondition(chart, 'anxiety', { at: from })
    return [moodCourse(chart, from), yearlyCheck(chart, from)]
  },
}
