import { as, type Ctx, type SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { defineJob, enqueue, type Job } from '#platform/jobs.ts'
import { findUnplaced, receiveResources, type Received, type SaidJoin } from '#records'
import { openTask } from '#work'
import { readPush } from './read-push.ts'
import { senderByName } from './keep-sender.ts'
import { pageUnplaced } from './page-unplaced.ts'
import { decode, parseMessage, splitBatch } from './parse-message.ts'
import { readMessage } from './read-message.ts'
import type { Sender } from './read-parts.ts'
import { watchSilence } from './watch-silence.ts'

type Kept = { id: string; format: 'hl7' | 'fhir' | 'unreadable'; raw: Buffer }
type Read = { ok: true; resources: Received[]; said?: SaidJoin[] } | { ok: false; reason: string; why?: 'unused' | 'unusable' }
const [atOnce, turns, holdSeconds] = [25, 40, 15]

export function readKept({ format, raw }: Kept, sender: Sender): Read {
  if (format === 'unreadable') return whyUnreadable(raw)
  const text = raw.toString('utf8')
  if (format === 'fhir') return readPush(text)
  const parsed = parseMessage(text)
  return parsed.ok ? readMessage(parsed.message, sender) : parsed
}

function whyUnreadable(raw: Buffer): Read {
  const read = decode(raw)
  if (!read.ok) return read
  const [text] = splitBatch(read.text)
  const parsed = text ? parseMessage(text) : undefined
  return { ok: false, reason: parsed && !parsed.ok ? parsed.reason : 'holds no message (MSH)' }
}

/** One at a time puts a sender's messages away: who holds it says so again before each batch, and who is cut off in it lets go by saying nothing. */
async function claim(ctx: Ctx<SystemActor>, source: string, until: Date | null, { isHeld = false } = {}): Promise<boolean> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql`
      update feeds.sender set busy_until = ${until} where source = ${source} and (${isHeld} or ${until}::timestamptz is null or busy_until is null or busy_until < ${tx.now()}) returning source
    `.execute(tx.db.kysely)
    return rows.length > 0
  })
}

/** Puts away the oldest of what waits, in the order in which it came. Cut off anywhere, the same again changes nothing. */
async function processSome(ctx: Ctx<SystemActor>, sender: Sender): Promise<number> {
  const { source } = sender
  const messages = await inTransaction(ctx, async tx => (await sql<Kept>`
    select id, format, raw from feeds.message where source = ${source} and done_at is null order by id limit ${atOnce}
  `.execute(tx.db.kysely)).rows)
  if (messages.length === 0) return 0
  const read = messages.map(message => ({ message, reading: readKept(message, sender) }))
  const resources = read.flatMap(({ reading }) => (reading.ok ? reading.resources : []))
  const refused = read.flatMap(({ message, reading }) => (reading.ok ? [] : [{ file: `message ${message.id}`, position: 0, fhirType: null, sourceId: null, reason: reading.reason, excerpt: message.raw.toString('utf8').slice(0, 2_000) }]))
  await receiveResources(ctx, { source, resources, file: 'message', refused, said: read.flatMap(({ reading }) => (reading.ok ? reading.said ?? [] : [])) })
  const unplaced = new Set(await findUnplaced(ctx, source, resources))
  const ended = read.map(({ message, reading }) => (reading.ok
    ? { id: message.id, ...(reading.resources.some(({ id }) => unplaced.has(id)) ? { reason: notPlaced, is_fault: true } : { reason: null, is_fault: false }) }
    : { id: message.id, reason: reading.reason, is_fault: reading.why !== 'unused' }))
  await inTransaction(ctx, tx => finish(tx, source, ended))
  return messages.length
}

const notPlaced = 'holds a critical value that is in nobody’s record'
/** Says of each what became of it. What its sender must mend is work for the manager, once while it is open. */
async function finish(tx: Ctx<SystemActor>, source: string, ended: readonly { id: string; reason: string | null; is_fault: boolean }[]): Promise<void> {
  await sql`
    update feeds.message m set done_at = ${tx.now()}, reason = w.reason, is_fault = w.is_fault
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as w (id uuid, reason text, is_fault boolean)
    where m.id = w.id
  `.execute(tx.db.kysely)
  for (const { id, reason } of ended) if (reason === notPlaced) await pageUnplaced(tx, { id, source, happenedAt: null })
  if (!ended.some(({ is_fault }) => is_fault)) return
  const { rows: [sender] } = await sql<{ id: string }>`select id from feeds.sender where source = ${source}`.execute(tx.db.kysely)
  await openTask(tx, { kind: 'feed-fault', title: `“${source}” sent something that could not be used`, pool: 'manager', subject: { type: 'sender', id: sender!.id }, dueInBusinessMinutes: 8 * 60, body: 'See which messages and why, and ask the sender to mend it.' })
}

const atThisMoment = (ctx: Ctx<SystemActor>): Ctx<SystemActor> => { const now = ctx.house.now(); return { ...as(ctx, { kind: 'system', job: 'records.import' }), now: () => now } }

/** Puts a sender's messages away until none waits, or for a while and then goes on in a job of its own. */
export async function processMessages(job: Ctx<SystemActor>, source: string): Promise<number> {
  let done = 0
  const sender = await senderByName(atThisMoment(job), source)
  if (!sender) return 0
  for (let turn = 0; turn < turns; turn++) {
    const ctx = atThisMoment(job)
    if (!await claim(ctx, source, new Date(ctx.now().getTime() + holdSeconds * 1_000), { isHeld: turn > 0 })) return 0
    const some = await processSome(ctx, sender).catch(async (error: unknown) => { await claim(ctx, source, null); throw error })
    done += some
    if (some < atOnce) break
  }
  const ctx = atThisMoment(job)
  await claim(ctx, source, null)
  await enqueueWaiting(ctx)   // what came while we let go
  return done
}

/** For each sender whose messages wait, a job. */
async function enqueueWaiting(ctx: Ctx<SystemActor>): Promise<void> {
  await inTransaction(ctx, async tx => {
    const { rows } = await sql<{ source: string }>`
      select source from feeds.sender s where exists (select from feeds.message m where m.source = s.source and m.done_at is null)
    `.execute(tx.db.kysely)
    for (const { source } of rows) await enqueue(tx, 'feeds.process', { source }, { key: `feeds:${source}` })
  })
}

const importer = (): SystemActor => ({ kind: 'system', job: 'records.import' })
export const feedsJobs: readonly Job[] = [
  defineJob<{ source: string }>({ name: 'feeds.process', system: importer, run: async (ctx, { source }) => void await processMessages(ctx, source) }),
  defineJob({ name: 'feeds.sweep', system: importer, cron: '* * * * *', run: enqueueWaiting }),
  defineJob({ name: 'feeds.watch', system: importer, cron: '17 * * * *', run: async ctx => void await watchSilence(ctx) }),
]
