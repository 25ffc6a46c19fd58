import { hash, randomUUID } from 'node:crypto'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { enqueue } from '#platform/jobs.ts'
import { answerMessage, type Verdict } from './answer-message.ts'
import { senderByFacility } from './keep-sender.ts'
import { feedCtx } from './feed-ctx.ts'
import { noteStranger } from './note-stranger.ts'
import { decode, parseMessage, readersOf, splitBatch, type Message } from './parse-message.ts'
import { pageUnplaced } from './page-unplaced.ts'
import { isCritical, readMessage } from './read-message.ts'
import type { Sender } from './read-parts.ts'

/** Keeps what came, as it came. Returns its id; the same bytes twice are one message. */
export async function keepMessage(tx: Ctx<SystemActor>, source: string, format: 'hl7' | 'fhir' | 'unreadable', raw: Uint8Array): Promise<{ id: string; isNew: boolean }> {
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

/** Keeps for staff what a known sender sent and nobody can read. What looks like a critical value in it calls all the same. */
async function keepUnreadable(house: House, raw: Uint8Array, { known, address, reason }: { known: Sender | undefined; address: string; reason: string }): Promise<Verdict> {
  const isCritical = /(?:^|[\r\n])OBX[^\r\n]*\|(?:HH|LL|AA)\|/.test(Buffer.from(raw).toString('latin1'))
  if (!known) {
    await noteStranger(house, { way: 'mllp', name: 'sends what is no message', address, isCritical })
    return { code: 'AR', reason }
  }
  await inTransaction(feedCtx(house), async tx => {
    const { id, isNew } = await keepMessage(tx, known.source, 'unreadable', raw)
    if (isNew && isCritical) await pageUnplaced(tx, { id, source: known.source, happenedAt: null })
  })
  return { code: 'AE', reason: `${reason} It is kept for staff.` }
}

async function keepOne(ctx: Ctx<SystemActor>, message: Message, text: string, sender: Sender): Promise<Verdict> {
  const reading = readMessage(message, sender)
  await inTransaction(ctx, async tx => {
    const { id, isNew } = await keepMessage(tx, sender.source, 'hl7', Buffer.from(text))
    if (isNew && !reading.ok && reading.isCritical) await pageUnplaced(tx, { id, source: sender.source, happenedAt: reading.happenedAt })
  })
  return reading.ok || reading.why === 'unused' ? { code: 'AA' } : { code: 'AE', reason: `The message ${reading.reason}. It is kept for staff.` }
}

/**
 * Takes what came in one piece: a message or a batch. Each message is committed before its acknowledgement is written. `known`: the sender whose
 * token came with it; without one, MSH-4 says who sends, and it must be somebody who may. `address`: from where, for staff to see who tried.
 */
export async function receiveText(house: House, raw: Uint8Array, known?: Sender, address = ''): Promise<string> {
  const answers: string[] = []
  const facts = () => ({ now: house.now(), id: randomUUID().slice(0, 20) })
  const read = decode(raw)
  const unreadable = async (bytes: Uint8Array, reason: string) => answerMessage(undefined, await keepUnreadable(house, bytes, { known, address, reason }), facts())
  if (!read.ok) return unreadable(raw, `The message ${read.reason}.`)
  const texts = splitBatch(read.text)
  if (texts.length === 0) return unreadable(raw, 'No message begins here (MSH).')
  for (const text of texts) {
    const parsed = parseMessage(text)
    if (!parsed.ok) { answers.push(await unreadable(Buffer.from(text), `The message ${parsed.reason}.`)); continue }
    const readers = readersOf(parsed.message)
    const sender = known ?? await senderByFacility(feedCtx(house), readers[0]!.at(4))
    const msh = readers[0]!
    if (!sender) await noteStranger(house, { way: 'mllp', name: msh.at(4) || msh.at(3), address, kind: `${msh.at(9, 1)}^${msh.at(9, 2)}`, isCritical: isCritical(readers) })
    const verdict: Verdict = sender ? await keepOne(feedCtx(house), parsed.message, text, sender) : { code: 'AR', reason: 'The sending facility (MSH-4) is not registered here.' }
    answers.push(answerMessage(parsed.message, verdict, facts()))
  }
  return answers.join('')
}
