/** What a patient chooses by. Source: results-and-notes A4. */
export type Category = 'routine' | 'infection' | 'imaging' | 'tissue' | 'genetic' | 'pregnancy' | 'notes'
export const categories: readonly Category[] = ['routine', 'infection', 'imaging', 'tissue', 'genetic', 'pregnancy', 'notes']

/** 0 routine, 1 may worry, 2 may change a life. Source: R5. */
export type Tier = 0 | 1 | 2

/** What state laws name. A result can be several. */
export type Covered = 'malignancy' | 'genetic' | 'hiv' | 'hepatitis' | 'drug-use'

/** R6: the only three. A fourth is not a value of this type, and no row of the database takes it. */
export type HeldBy = 'state-law' | 'patient' | 'harm'

/** What a patient asked for, by category. Right away is having asked for nothing. */
export type Condition = 'until-review' | 'until-contact'
export const conditions: readonly Condition[] = ['until-review', 'until-contact']
/** R8: no agreement holds longer. */
export const longestAgreementDays = 14
export const reviewBusinessDays = 3
/** R9: a finding is looked at again after this. */
export const longestFindingDays = 7
export const leastFindingWords = 20

export type Dangers = 'life' | 'physical-safety' | 'data-error'
export const dangers: readonly Dangers[] = ['life', 'physical-safety', 'data-error']

/** How somebody wants to hear that there is something new. It changes nothing about when it can be read. */
export type Telling = 'every' | 'when-written' | 'never'
export const tellings: readonly Telling[] = ['every', 'when-written', 'never']
