import { ironDeficiencyAnaemia } from './anaemia.ts'
import { asthma } from './asthma.ts'
import { childhoodVaccines, newborn, teenager } from './childhood.ts'
import { correctedResults } from './corrected-results.ts'
import { depression } from './depression.ts'
import { bloodThinner, heartFailure, kidneyDisease } from './heart-and-kidney.ts'
import { highBloodPressure } from './high-blood-pressure.ts'
import { manyConditionsInOldAge } from './older-adult.ts'
import { pregnancy } from './pregnancy.ts'
import { newPatient, notSeenForYears } from './seldom-seen.ts'
import { sexualHealth, shortIllness, urineInfection } from './short-illness.ts'
import type { Story } from './story.ts'
import { substanceUseCare } from './substance-use-care.ts'
import { underactiveThyroid } from './thyroid.ts'
import { type2Diabetes } from './type-2-diabetes.ts'
import { abnormalPap, colonPolyp, raisedPsa, worryingMammogram } from './worrying-finding.ts'
import { healthyAdult } from './yearly-check.ts'

export const stories = {
  'healthy-adult': healthyAdult,
  'new-patient': newPatient,
  newborn,
  'childhood-vaccines': childhoodVaccines,
  teenager,
  asthma,
  'type-2-diabetes': type2Diabetes,
  'high-blood-pressure': highBloodPressure,
  'kidney-disease': kidneyDisease,
  'heart-failure': heartFailure,
  'blood-thinner': bloodThinner,
  'underactive-thyroid': underactiveThyroid,
  pregnancy,
  'iron-deficiency-anaemia': ironDeficiencyAnaemia,
  depression,
  'worrying-mammogram': worryingMammogram,
  'colon-polyp': colonPolyp,
  'raised-psa': raisedPsa,
  'abnormal-pap': abnormalPap,
  'sexual-health': sexualHealth,
  'short-illness': shortIllness,
  'urine-infection': urineInfection,
  'many-conditions-in-old-age': manyConditionsInOldAge,
  'substance-use-care': substanceUseCare,
  'corrected-results': correctedResults,
  'not-seen-for-years': notSeenForYears,
} as const satisfies Record<string, Story>

export type StoryName = keyof typeof stories

export const storyNames = Object.keys(stories) as StoryName[]

/** Which story each of forty patients in a row tells, rare ones between the common: every forty tell them all. */
export const storyOfPlace: readonly StoryName[] = spread(storyNames.map(name => [name, stories[name].ofForty]))

function spread(shares: readonly (readonly [StoryName, number])[]): StoryName[] {
  return shares
    .flatMap(([name, share], row) => Array.from({ length: share }, (_, i) => ({ name, at: (i + (row * 0.618) % 1) / share })))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name)
}
