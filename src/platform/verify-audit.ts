import { setTimeout as pause } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { anchorLines, isAnchorMac, parseAnchorLine, sizeOfAnchors, type AnchorLine } from '#platform/anchor-file.ts'
import { canonicalEvent, linkText, noHash } from '#platform/audit-chain.ts'
import type { Keys } from '#platform/keys.ts'

export type AuditProblem =
  | { kind: 'event-missing' | 'event-or-seal-changed'; seq: number; eventId: string }
  | { kind: 'seals-missing'; seq: number; upTo: number }
  | { kind: 'chain-shorter-than-anchor'; seq: number; upTo: number }
  | { kind: 'anchor-differs'; seq: number }
  | { kind: 'anchor-changed'; line: number }
  | { kind: 'anchor-cut'; seq: number; upTo: number }
  | { kind: 'event-unsealed'; eventId: string }

export type AuditReport = {
  isSound: boolean
  seals: number
  anchors: number
  /** The first 1,000. */
  problems: AuditProblem[]
  problemCount: number
}

type Verify = {
  client: Pick<ClientBase, 'query'>
  keys: Keys
  anchorPath: string
  now: Date
  /** How long an event may wait for its seal, and a seal for its anchor. */
  graceMs?: number
  onProgress?: (done: number, total: number) => void
}

const batchSize = 5_000
const mostShown = 1_000
// The first batch is anchored as soon as it is sealed; a file that begins later lost its front.
const firstAnchorBy = 2_000

class Findings {
  readonly problems: AuditProblem[] = []
  count = 0
  add(problem: AuditProblem): void {
    this.count++
    if (this.problems.length < mostShown) this.problems.push(problem)
  }
}

/** The anchor's lines, each checked against the one before. */
class Anchors {
  count = 0
  lastSeq = 0
  next: AnchorLine | undefined
  #mac = ''
  #lines: AsyncGenerator<string>
  #keys: Keys
  #findings: Findings
  constructor(lines: AsyncGenerator<string>, keys: Keys, findings: Findings) {
    this.#lines = lines
    this.#keys = keys
    this.#findings = findings
  }

  /** Goes to the next line that can stand in the chain; each line that is wrong is a finding. */
  async advance(): Promise<void> {
    this.next = undefined
    for (let read = await this.#lines.next(); !read.done; read = await this.#lines.next()) {
      this.count++
      const line = parseAnchorLine(read.value)
      const isGood = line !== undefined && line.line === this.count && line.seq > this.lastSeq && isAnchorMac(this.#keys, this.#mac, line)
        && (this.count > 1 || line.seq <= firstAnchorBy)
      if (!isGood) this.#findings.add({ kind: 'anchor-changed', line: this.count })
      this.#mac = line?.mac ?? ''
      if (!line || line.seq <= this.lastSeq) continue
      this.lastSeq = line.seq
      this.next = line
      return
    }
  }
}

/** Says whether a link's hash is right. Keys only ever become newer along the chain, so that an old one cannot sign today. */
function linkChecker(keys: Keys) {
  let oldest = keys.fingerprints.length - 1
  return (before: Buffer, seal: SealRow): boolean => {
    if (seal.event === null) return false
    const text = linkText(before, seal.seq, seal.sealed_at, seal.event)
    const macs = oldest === 0 ? [keys.mac('audit', text)] : keys.macs('audit', text)
    for (let at = oldest; at >= 0; at--) {
      if (macs[at]?.equals(seal.hash)) { oldest = at; return true }
    }
    return false
  }
}

type SealRow = { seq: number; event_id: string; hash: Buffer; sealed_at: string; event: string | null }

async function* seals(client: Verify['client']): AsyncGenerator<SealRow> {
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const { rows } = await client.query<SealRow>(
      // "offset 0" keeps the planner from reading all events for one batch of seals.
      `select s.seq, s.event_id, s.hash, extract(epoch from s.sealed_at)::text as sealed_at, e.event
       from (select seq, event_id, hash, sealed_at from audit.seal where seq > $1 order by seq limit ${batchSize}) s
       left join lateral (select ${canonicalEvent} as event from audit.event e where e.id = s.event_id offset 0) e on true
       order by s.seq`, [after])
    for (const row of rows) yield { ...row, seq: Number(row.seq) }
    if (rows.length < batchSize) return
    after = Number(rows.at(-1)!.seq)
  }
}

/** The chain against its events, and the anchors against the chain, side by side in flat memory. */
async function checkChain({ client, keys, anchorPath, now, graceMs = 5_000, onProgress }: Verify, findings: Findings): Promise<{ seals: number; anchors: number }> {
  // The file's length is taken before the database is read: what is anchored by then must be in the chain.
  const anchors = new Anchors(anchorLines(anchorPath, await sizeOfAnchors(anchorPath)), keys, findings)
  await anchors.advance()
  const { rows: [head] } = await client.query<{ seq: string | null }>('select max(seq) as seq from audit.seal')
  const total = Number(head?.seq ?? 0)
  const isRight = linkChecker(keys)
  let [count, seq, before, oldestUnanchored] = [0, 0, noHash, Infinity]
  for await (const seal of seals(client)) {
    if (seal.seq !== seq + 1) findings.add({ kind: 'seals-missing', seq: seq + 1, upTo: seal.seq - 1 })
    if (seal.event === null) findings.add({ kind: 'event-missing', seq: seal.seq, eventId: seal.event_id })
    else if (!isRight(before, seal)) findings.add({ kind: 'event-or-seal-changed', seq: seal.seq, eventId: seal.event_id })
    while (anchors.next && anchors.next.seq <= seal.seq) {
      if (anchors.next.seq !== seal.seq || anchors.next.hash !== seal.hash.toString('hex')) findings.add({ kind: 'anchor-differs', seq: anchors.next.seq })
      await anchors.advance()
    }
    ;({ seq, hash: before } = seal)
    if (seq > anchors.lastSeq) oldestUnanchored = Math.min(oldestUnanchored, Number(seal.sealed_at) * 1000)
    if (++count % batchSize === 0) onProgress?.(count, total)
  }
  while (anchors.next) {
    findings.add({ kind: 'chain-shorter-than-anchor', seq: seq + 1, upTo: anchors.next.seq })
    await anchors.advance()
  }
  if (seq > anchors.lastSeq && oldestUnanchored < now.getTime() - graceMs) findings.add({ kind: 'anchor-cut', seq: anchors.lastSeq + 1, upTo: seq })
  return { seals: count, anchors: anchors.count }
}

const unsealedSql = `
  select e.id
  from audit.event e
  where not exists (select from audit.seal s where s.event_id = e.id)
    and coalesce(uuid_extract_timestamp(e.id), '-infinity') < clock_timestamp() - make_interval(secs => $1)
  order by e.id
  limit ${mostShown}`

/**
 * Events that still have no seal after the grace. An event's id is as old as its statement, but it is seen only once its
 * transaction commits; so what looks late is looked at again after the same time.
 */
async function findUnsealed({ client, graceMs = 5_000 }: Verify, findings: Findings): Promise<void> {
  const late = await client.query<{ id: string }>(unsealedSql, [graceMs / 1000])
  if (late.rows.length === 0) return
  await pause(graceMs)
  const still = await client.query<{ id: string }>(
    'select e.id from audit.event e where e.id = any ($1::uuid[]) and not exists (select from audit.seal s where s.event_id = e.id)', [late.rows.map(row => row.id)])
  for (const { id } of still.rows) findings.add({ kind: 'event-unsealed', eventId: id })
}

/** Finds an event or seal that was edited, deleted, reordered or cut off, an anchor line likewise, and events that stay unsealed. Reads only. */
export async function verifyAudit(verify: Verify): Promise<AuditReport> {
  const findings = new Findings()
  const counts = await checkChain(verify, findings)
  await findUnsealed(verify, findings)
  return { isSound: findings.count === 0, ...counts, problems: findings.problems, problemCount: findings.count }
}
