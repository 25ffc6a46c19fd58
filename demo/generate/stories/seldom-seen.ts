import { addNoKnownAllergy, addUsualAllergies } from '#demo/generate/allergies.ts'
import { addAppointment } from '#demo/generate/care-together.ts'
import { addCondition } from '#demo/generate/conditions.ts'
import { prescribe } from '#demo/generate/medicines.ts'
import { ageAt, DAY, instant, officeTime, YEAR } from '#demo/generate/practice-clock.ts'
import type { Story } from './story.ts'
import { yearlyCheck } from './yearly-check.ts'

/** Nothing yet but the first appointment: every page of the portal is empty. */
export const newPatient: Story = {
  fits: { ages: [18, 80] }, ofForty: 1,
  begin: () => [],
  end: chart => void addAppointment(chart, officeTime(chart.now + 9 * DAY, 9, 0), 'booked', 'New patient visit', 40),
}

/** Last seen years ago: old results, medicines that nobody has asked about since. The only story without an entry in the last week. */
export const notSeenForYears: Story = {
  fits: { ages: [24, 95] }, ofForty: 1,
  begin(chart) {
    const gap = chart.random.whole(24, 70) * 30 * DAY
    const last = chart.recent - gap
    addUsualAllergies(chart, last - YEAR)
    addCondition(chart, 'backPain', { at: last - YEAR })
    prescribe(chart, 'ibuprofen', { at: last })
    prescribe(chart, 'omeprazole', { at: last - 30 * DAY })
    chart.patient.meta = { lastUpdated: instant(last) }
    const check = yearlyCheck(chart, chart.recent - chart.random.whole(1, 4) * YEAR)
    return [{ ...check, times: check.times.map(at => officeTime(at - gap, 10, 15)) }]
  },
  end(chart) {
    if (ageAt(chart.person.born, chart.now) > 84 && chart.random.chance(0.5)) chart.patient.deceasedDateTime = instant(chart.recent - YEAR)
    if (chart.random.chance(0.5)) addNoKnownAllergy(chart, chart.recent - 8 * YEAR)
  },
}
