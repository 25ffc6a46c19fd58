import { hash, randomUUID } from 'node:crypto'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, poolDb, sql } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { enqueue } from '#platform/jobs.ts'
import { pageOnCall } from '#work'
import { answerMessage, type Verdict } from './answer-message.ts'
import { senderByFacility } from './keep-sender.ts'
import { decode, parseMessage, readersOf, splitBatch, type Message } from './parse-message.ts'
import { isCritical, readMessage } from './read-message.ts'
import type { Sender } from './read-parts.ts'

/** What comes in by itself comes in the importer's name, each time by the clock of that moment. */
export function feedCtx(house: House): Ctx<SystemActor> {
  const now = house.now()
  return { db: poolDb(house.pool), actor: { kind: 'system', job: 'records.import' }, now: () => now, log: house.log, requestId: randomUUID(), house }
}

/** Keeps what came, as it came. Returns its id; the same bytes twice are one message. */
export async function keepMessage(tx: Ctx<SystemActor>, source: string, format: 'hl7' | 'fhir', raw: Uint8Array): Promise<{ id: string; isNew: boolean }> {
  const sha = hash('sha256', raw, 'buffer')
  const { rows } = await sql<{ id: string }>`
    insert into feeds.message (source, format, raw, raw_sha256, received_at) values (${source}, ${format}, ${Buffer.from(raw)}, ${sha}, ${tx.now()})
    on conflict do nothing
    returning id
  `.execute(tx.db.kysely)
  if (rows[0]) {
    await enqueue(tx, 'feeds.process', { source }, { key: `feeds:${source}` })
    return { id: rows[0].id, isNew: true }
  }
  const { rows: [had] } = await sql<{ id: string }>`select id from feeds.message where source = ${source} and raw_sha256 = ${sha}`.execute(tx.db.kysely)
  return { id: had!.id, isNew: false }
}

/** A value that calls for somebody now calls at once, although nobody knows yet whose it is (R2+, R11+). */
export const pageUnplaced = (tx: Ctx<SystemActor>, { id, source }: { id: string; source: string }): Promise<string> => pageOnCall(tx, {
  kind: 'critical-message', title: 'A critical value came that could not be placed', subject: { type: 'message', id },
  body: `“${source}” sent a message with a value that it marked as critical, and the message could not be put into a record. Read it under Imports, call ${source} and whoever ordered the test, and write down the call here.`,
})

async function keepOne(ctx: Ctx<SystemActor>, message: Message, text: string, sender: Sender): Promise<Verdict> {
  const reading = readMessage(message, sender)
  await inTransaction(ctx, async tx => {
    const { id, isNew } = await keepMessage(tx, sender.source, 'hl7', Buffer.from(text))
    if (isNew && !reading.ok && reading.isCritical) await pageUnplaced(tx, { id, source: sender.source })
  })
  return reading.ok || reading.why === 'unused' ? { code: 'AA' } : { code: 'AE', reason: `The message ${reading.reason}. It is kept for staff.` }
}

/**
 * Takes what came in one piece: a message or a batch. Each message is committed before its acknowledgement is written. `known`: the sender whose
 * token came with it; without one, MSH-4 says who sends, and it must be somebody who may.
 */
export async function receiveText(house: House, raw: Uint8Array, known?: Sender): Promise<string> {
  const answers: string[] = []
  const facts = () => ({ now: house.now(), id: randomUUID().slice(0, 20) })
  const read = decode(raw)
  if (!read.ok) return answerMessage(undefined, { code: 'AR', reason: `The message ${read.reason}.` }, facts())
  const texts = splitBatch(read.text)
  if (texts.length === 0) return answerMessage(undefined, { code: 'AR', reason: 'No message begins here (MSH).' }, facts())
  for (const text of texts) {
    const parsed = parseMessage(text)
    if (!parsed.ok) { answers.push(answerMessage(undefined, { code: 'AR', reason: `The message ${parsed.reason}.` }, facts())); continue }
    const ctx = feedCtx(house)
    const readers = readersOf(parsed.message)
    const sender = known ?? await senderByFacility(ctx, readers[0]!.at(4))
    if (!sender && isCritical(readers)) house.log.warn('critical message from a system that may not send', {})
    const verdict: Verdict = sender ? await keepOne(ctx, parsed.message, text, sender) : { code: 'AR', reason: 'The sending facility (MSH-4) is not registered here.' }
    answers.push(answerMessage(parsed.message, verdict, facts()))
  }
  return answers.join('')
}
