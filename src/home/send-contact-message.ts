import { createHash } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import type { Locale } from '#platform/words.ts'
import { businessDeadline, readPhone, readPractice } from '#practice'
import { pageAboutWords, taskWordsOf, type Guarded, type RedFlagKind } from '#safety'
import { openTask } from '#work'

export const contactTopics = ['new', 'question', 'access', 'other'] as const
export type ContactTopic = (typeof contactTopics)[number]
export type ContactFields = Readonly<Record<'topic' | 'place' | 'name' | 'phone' | 'email' | 'words', string>>

/** Keys of the words (site.contact.*) that say what is wrong, by field. */
export type ContactProblems = Partial<Record<keyof ContactFields, string>>
export type ContactOutcome = { ok: true; answerBy: Date } | ({ ok: false } & ({ problems: ContactProblems } | { retryAfterSeconds: number } | { isAsked: true }) & { danger: readonly RedFlagKind[] })

/** One working day, in the hours of the place that was asked. */
const answerInMinutes = 480
const titles: Record<ContactTopic, string> = { new: 'Wants to become a patient', question: 'Has a question', access: 'Something on the site does not work', other: 'Wrote to us' }
const most = { name: 120, phone: 40, email: 254, words: 3_000 } as const

export function checkContact(fields: ContactFields): ContactProblems {
  const problems: ContactProblems = {}
  if (!contactTopics.some(topic => topic === fields.topic)) problems.topic = 'need-topic'
  if (fields.name === '') problems.name = 'need-name'
  if (fields.phone === '' && fields.email === '') problems.phone = 'need-way'
  if (fields.phone !== '' && !readPhone(fields.phone)) problems.phone = 'bad-phone'
  if (fields.email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(fields.email)) problems.email = 'bad-email'
  if (fields.words === '') problems.words = 'need-words'
  for (const [name, length] of Object.entries(most) as [keyof typeof most, number][]) if (fields[name].length > length) problems[name] = 'too-long'
  return problems
}

/** The same words sent twice are one task, while it is open. */
function subjectOf(fields: ContactFields): { type: string; id: string } {
  const hash = createHash('sha256').update(JSON.stringify([fields.topic, fields.place, fields.name, fields.phone, fields.email, fields.words])).digest('hex')
  return { type: 'contact-message', id: `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}` }
}

/** What a visitor writes becomes work for the front desk, with a time by which somebody answers. */
export async function sendContactMessage(tx: Ctx<VisitorActor>, fields: ContactFields, { locale, clientAddress, guarded }: { locale: Locale; clientAddress: string; guarded?: Guarded }): Promise<ContactOutcome> {
  const problems = checkContact(fields)
  const danger = guarded?.kinds ?? []   // whoever has to send it again, for whatever reason, sees whom to call meanwhile
  if (Object.keys(problems).length > 0) return { ok: false, problems, danger }
  if (guarded?.isAsked) return { ok: false, isAsked: true, danger }
  const turn = await takeTurn(tx, 'public-form', { address: clientAddress })
  if (!turn.ok) return { ok: false, retryAfterSeconds: turn.retryAfterSeconds, danger }
  const locations = (await readPractice(tx))?.locations ?? []
  const place = locations.find(({ slug }) => slug === fields.place)
  const answerBy = await businessDeadline(tx, { start: tx.now(), minutes: answerInMinutes, locationId: place?.id ?? null })
  const lines = [
    `Name: ${fields.name}`, ...(fields.phone ? [`Telephone: ${fields.phone}`] : []), ...(fields.email ? [`E-mail: ${fields.email}`] : []),
    `Language: ${locale === 'es' ? 'Spanish' : 'English'}`, ...(place ? [`Place: ${place.name}`] : []), ...(taskWordsOf(guarded) ? [taskWordsOf(guarded)] : []), '', fields.words,
  ]
  const id = await openTask(tx, {
    kind: 'contact', title: `${titles[fields.topic as ContactTopic]}: ${fields.name}`, body: lines.join('\n'), pool: 'front-desk', subject: subjectOf(fields), dueAt: answerBy,
    ...(place && { locationId: place.id }),
  })
  if (guarded && !guarded.isAsked && guarded.isNow) await pageAboutWords(tx, { kinds: guarded.kinds, subject: { type: 'contact-task', id }, where: `/console/inbox/${id}` })
  await audit(tx, 'contact.received', { kind: 'task', ids: [id] })
  return { ok: true, answerBy }
}
