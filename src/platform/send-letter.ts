import type { Ctx } from '#platform/ctx.ts'
import { queueMail, type Mail, type Queued } from '#platform/email.ts'
import { writeLetter, writeText, type LetterFacts, type LetterKind, type TextKind } from '#platform/write-letter.ts'
import type { Locale } from '#platform/words.ts'

type Whom = Pick<Mail, 'to' | 'personId' | 'patientId' | 'dedupe' | 'about' | 'notAfter' | 'countedOn' | 'unsubscribe'> & { locale: Locale }

/** Puts one of our letters into the outbox. Its words are fixed; what else may stand in it has a type of its own. */
export async function sendLetter<K extends LetterKind>(tx: Ctx, kind: K, facts: LetterFacts[K], { locale, ...whom }: Whom): Promise<Queued> {
  const { subject, text, html } = writeLetter(kind, { locale, sender: await tx.house.shell.practice(tx), facts })
  return queueMail(tx, { ...whom, kind, subject, text, html })
}

/** The same as a text. In lists it stands under the mail's subject: its words are erased once it has gone. */
export async function sendText<K extends TextKind>(tx: Ctx, kind: K, facts: LetterFacts[K], { locale, ...whom }: Whom): Promise<Queued> {
  const said = { locale, sender: await tx.house.shell.practice(tx), facts }
  return queueMail(tx, { ...whom, way: 'text', kind, subject: writeLetter(kind, said).subject, text: writeText(kind, said) })
}
