import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { Phone } from '#ui/practice-facts.ts'

/** Who a letter is from. */
export type LetterHead = { name: string; address: readonly string[]; phone?: Phone | undefined }
export type PatientAccessFacts = { patientId: string; name: string; birthDate: string | null; email: string | null; locale: 'en' | 'es'; zone: string; from: LetterHead }
export type StaffCtx = Ctx<StaffActor>
export const identityChoices = [{ value: 'photo', label: 'A photo on a card' }, { value: 'two-facts', label: 'Two facts that only they know' }, { value: 'known', label: 'I know them in person' }]
