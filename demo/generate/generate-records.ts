import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { addAppointments, addCareTeam, addClaim, addCoverage } from './care-together.ts'
import { openChart, type BundleStyle, type Chart } from './chart.ts'
import { fillHistory, SHORT_REACH } from './fill-history.ts'
import { liveThrough, type Course } from './live-through.ts'
import { inventPerson, type Wish } from './people.ts'
import { ageAt, instant, YEAR } from './practice-clock.ts'
import { seededIds, seededRandom } from './seeded-random.ts'
import { stories, storyNames, storyOfPlace, type StoryName } from './stories/all-stories.ts'
import { asthmaCourse } from './stories/asthma.ts'
import { moodCourse } from './stories/depression.ts'
import { pressureCourse } from './stories/high-blood-pressure.ts'
import type { Story } from './stories/story.ts'
import { thyroidCourse } from './stories/thyroid.ts'

export { storyNames, type BundleStyle, type StoryName, type Wish }

export type Options = {
  seed: string | number
  now: Date
  /** `collection` (default): relative references. `transaction`: urn:uuid references, as Synthea writes. `mixed`: by turns. */
  style?: BundleStyle | 'mixed'
  /** How many Observations patients should have on average, at least 90: shorter stories, then routine panels until the number is met. */
  observationsPerPatient?: number
}

/**
 * One Bundle a patient, made one after the other, so that any number flows in flat memory.
 * The same seed and the same `now` give the same records; patient n is the same whatever the number asked for.
 * Any forty patients in a row tell every story.
 */
export function* generatePatients({ patients, ...options }: Options & { patients: number }): Generator<Bundle, void, undefined> {
  for (let place = 0; place < patients; place++) {
    const story = storyOfPlace[place % storyOfPlace.length] as StoryName
    yield tell(story, place, options, {})
  }
}

/** One patient of that story; `wish` says who it should be, `place` makes several of the same seed differ. */
export function generateOne(story: StoryName, { wish, place = 0, ...options }: Options & { wish?: Wish; place?: number }): Bundle {
  return tell(story, 900_000 + storyNames.indexOf(story) * 100 + place, options, wish ?? {})
}

function tell(name: StoryName, place: number, { seed, now, style = 'collection', observationsPerPatient = 0 }: Options, wish: Wish): Bundle {
  const story: Story = stories[name]
  const random = seededRandom(`${seed}/${place}`)
  const person = inventPerson(random, story.fits, now.getTime(), place, wish)
  const chart = openChart({
    person, random, nextId: seededIds(`${seed}/${place}/ids`), now: now.getTime(),
    reach: observationsPerPatient ? SHORT_REACH : 1,
    style: style === 'mixed' ? (place % 2 === 0 ? 'collection' : 'transaction') : style,
  })
  const courses = story.begin(chart)
  const visits = liveThrough(chart, [...courses, ...(story.mayHaveOthers ? otherTroubles(chart, courses) : [])])
  story.end?.(chart)
  if (visits.length) addAroundVisits(chart, visits.filter(visit => !visit.meta?.security))
  if (observationsPerPatient && visits.length) fillHistory(chart, observationsPerPatient)
  return bundle(chart)
}

/** Long troubles seldom come alone. */
function otherTroubles(chart: Chart, courses: readonly Course[]): Course[] {
  const from = chart.recent - 2 * chart.reach * YEAR
  const has = (topic: Course['topic']) => courses.some(course => course.topic === topic)
  const isAdult = ageAt(chart.person.born, from) >= 18
  return [
    ...(!has('bloodPressure') && chart.random.chance(0.4) ? [pressureCourse(chart, from)] : []),
    ...(!has('mood') && isAdult && chart.random.chance(0.12) ? [moodCourse(chart, from)] : []),
    ...(!has('thyroid') && chart.random.chance(0.1) ? [thyroidCourse(chart, from)] : []),
    ...(!has('asthma') && chart.random.chance(0.07) ? asthmaCourse(chart, from) : []),
  ]
}

/** Appointments and claims carry no label, so labelled visits stay out of them. */
function addAroundVisits(chart: Chart, visits: ReturnType<typeof liveThrough>): void {
  const hasTeam = chart.resources.some(one => one.resourceType === 'CareTeam')
  if (!hasTeam && chart.random.chance(0.5)) addCareTeam(chart, chart.recent - YEAR / 2)
  addAppointments(chart, visits, 'Follow-up')
  if (!chart.random.chance(0.5)) return
  const coverage = addCoverage(chart)
  for (const visit of visits) if (chart.random.chance(0.15)) addClaim(chart, visit, coverage)
}

function bundle(chart: Chart): Bundle {
  const resources = [...chart.shared.values(), ...chart.resources]
  return {
    resourceType: 'Bundle', id: chart.nextId(), type: chart.style, timestamp: instant(chart.now),
    entry: resources.map(chart.style === 'transaction' ? asPost : asMember),
  }
}

const asMember = (resource: Resource): BundleEntry => ({ fullUrl: `https://kestrel.example.com/fhir/${resource.resourceType}/${resource.id}`, resource })
const asPost = (resource: Resource): BundleEntry => ({ fullUrl: `urn:uuid:${resource.id}`, resource, request: { method: 'POST', url: resource.resourceType } })
