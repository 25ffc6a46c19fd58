import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/** What somebody who owns the database or the disk could do to the audit trail. Each gives a name; `pick(n)` is a whole number below n. */
export type Attack = { name: string; run: (scene: Scene) => Promise<unknown> | void }
export type Scene = { client: pg.PoolClient; anchorPath: string; seals: number; pick: (below: number) => number }

/** The same numbers for the same seed. */
export function seeded(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** One change to each thing an event says. */
export const edits = [
  "at = at + interval '1 microsecond'", "at = at - interval '1 day'", "request_id = request_id || 'x'", "actor_kind = actor_kind || 'x'",
  'person_id = gen_random_uuid()', 'person_id = case when person_id is null then gen_random_uuid() end', "job = coalesce(job, '') || 'x'",
  "action = action || '.x'", 'patient_id = gen_random_uuid()', 'patient_id = case when patient_id is null then gen_random_uuid() end',
  "kind = coalesce(kind, '') || 'x'", 'ids = ids || gen_random_uuid()', "ids = case when ids = '{}' then array[gen_random_uuid()] else '{}' end",
  `detail = detail || '{"count": 99}'`, `detail = detail || '{"extra": null}'`, 'id = gen_random_uuid()', 'id = uuidv7()',
]
const eventAt = '(select event_id from audit.seal where seq = $1)'
const one = ({ seals, pick }: Scene) => 1 + pick(seals)
const two = (scene: Scene): [number, number] => {
  const first = one(scene)
  const second = 1 + ((first - 1 + 1 + scene.pick(scene.seals - 1)) % scene.seals)
  return [first, second]
}

async function closeGap(client: pg.PoolClient, seq: number): Promise<void> {
  await client.query('update audit.seal set seq = -seq where seq > $1', [seq])
  await client.query('update audit.seal set seq = -seq - 1 where seq < 0')
}

async function cutTail({ client, seals }: Scene, count: number): Promise<void> {
  await client.query('delete from audit.event where id in (select event_id from audit.seal where seq > $1)', [seals - count])
  await client.query('delete from audit.seal where seq > $1', [seals - count])
}

const inDatabase: Attack[] = [
  { name: 'edits an event', run: scene => scene.client.query(`update audit.event set ${edits[scene.pick(edits.length)]} where id = ${eventAt}`, [one(scene)]) },
  { name: 'deletes an event', run: scene => scene.client.query(`delete from audit.event where id = ${eventAt}`, [one(scene)]) },
  { name: 'deletes an event with its seal', async run(scene) {
    const seq = one(scene)
    await scene.client.query(`delete from audit.event where id = ${eventAt}`, [seq])
    await scene.client.query('delete from audit.seal where seq = $1', [seq])
  } },
  { name: 'deletes an event with its seal and closes the gap', async run(scene) {
    const seq = one(scene)
    await scene.client.query(`delete from audit.event where id = ${eventAt}`, [seq])
    await scene.client.query('delete from audit.seal where seq = $1', [seq])
    await closeGap(scene.client, seq)
  } },
  { name: 'deletes a seal', run: scene => scene.client.query('delete from audit.seal where seq = $1', [one(scene)]) },
  { name: 'edits a seal', run(scene) {
    const change = ['hash = set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)', "sealed_at = sealed_at + interval '1 microsecond'", 'event_id = gen_random_uuid()', 'seq = seq + 100000'][scene.pick(4)]
    return scene.client.query(`update audit.seal set ${change} where seq = $1`, [one(scene)])
  } },
  { name: 'swaps the places of two events', async run(scene) {
    const [first, second] = two(scene)
    await scene.client.query('update audit.seal set seq = case seq when $1 then -$2::bigint else -$1::bigint end where seq in ($1, $2)', [first, second])
    await scene.client.query('update audit.seal set seq = -seq where seq < 0')
  } },
  { name: 'swaps the events of two seals', async run(scene) {
    const [first, second] = two(scene)
    const { rows } = await scene.client.query<{ event_id: string }>('delete from audit.seal where seq = $1 returning event_id, hash, sealed_at', [first])
    const { rows: [other] } = await scene.client.query<{ event_id: string }>('select event_id from audit.seal where seq = $1', [second])
    const gone = rows[0] as unknown as { event_id: string; hash: Buffer; sealed_at: Date }
    await scene.client.query('update audit.seal set event_id = $2 where seq = $1', [second, gone.event_id])
    await scene.client.query('insert into audit.seal values ($1, $2, $3, $4)', [first, other!.event_id, gone.hash, gone.sealed_at])
  } },
  { name: 'swaps what two events say', async run(scene) {
    const [first, second] = two(scene)
    const { rowCount } = await scene.client.query(`
      update audit.event e set request_id = o.request_id, detail = o.detail
      from audit.event o, audit.seal s, audit.seal p
      where s.seq in ($1, $2) and p.seq in ($1, $2) and s.seq <> p.seq and e.id = s.event_id and o.id = p.event_id`, [first, second])
    if (rowCount !== 2) throw new Error('nothing was swapped')
  } },
  { name: 'cuts off the end', run: scene => cutTail(scene, 1 + scene.pick(20)) },
  { name: 'cuts off the seals of the end', run: scene => scene.client.query('delete from audit.seal where seq > $1', [scene.seals - 1 - scene.pick(20)]) },
  { name: 'empties the trail', run: scene => cutTail(scene, scene.seals) },
  { name: 'adds an event with a seal of its own making', async run(scene) {
    const { rows } = await scene.client.query<{ id: string }>("insert into audit.event (at, request_id, actor_kind, action) values (now(), 'x', 'staff', 'results.viewed') returning id")
    await scene.client.query("insert into audit.seal values ($1, $2, sha256('x'), now())", [scene.seals + 1, rows[0]!.id])
  } },
  { name: 'adds an event behind the sealer', run: ({ client, pick }) => client.query(
    "insert into audit.event (id, at, request_id, actor_kind, action) values (coalesce($1::uuid, uuidv7(interval '-1 hour')), now(), 'x', 'staff', 'results.viewed')", [pick(2) === 0 ? randomUUID() : null]) },
]

/** Changes the file's lines. The caller puts the file back afterwards. */
const onLines = (change: (lines: string[], scene: Scene) => string[]) => (scene: Scene) => {
  const lines = readFileSync(scene.anchorPath, 'utf8').trimEnd().split('\n')
  writeFileSync(scene.anchorPath, change(lines, scene).map(line => `${line}\n`).join(''))
}

const onFile: Attack[] = [
  { name: 'edits an anchor line', run: onLines((lines, { pick }) => {
    const at = pick(lines.length)
    const line = lines[at]!
    const digits = [...line.matchAll(/[0-9a-f]/g)].map(match => match.index)
    const where = digits[pick(digits.length)]!
    lines[at] = line.slice(0, where) + (line[where] === '1' ? '2' : '1') + line.slice(where + 1)
    return lines
  }) },
  { name: 'deletes an anchor line', run: onLines((lines, { pick }) => { lines.splice(pick(lines.length), 1); return lines }) },
  { name: 'swaps two anchor lines', run: onLines((lines, { pick }) => {
    const at = pick(lines.length - 1)
    return [...lines.slice(0, at), lines[at + 1]!, lines[at]!, ...lines.slice(at + 2)]
  }) },
  { name: 'repeats an anchor line', run: onLines((lines, { pick }) => { const at = pick(lines.length); return [...lines.slice(0, at), lines[at]!, ...lines.slice(at)] }) },
  { name: 'cuts off the end of the anchor file', run: onLines((lines, { pick }) => lines.slice(0, lines.length - 1 - pick(lines.length - 1))) },
  { name: 'cuts the last anchor line short', run({ anchorPath, pick }) {
    const text = readFileSync(anchorPath, 'utf8')
    writeFileSync(anchorPath, text.slice(0, text.length - 1 - pick(40)))
  } },
  { name: 'removes the anchor file', run: ({ anchorPath }) => rmSync(anchorPath) },
  { name: 'adds an anchor line', run: ({ anchorPath, seals }) => appendFileSync(anchorPath, `${JSON.stringify({ line: 999, seq: seals + 1, hash: '00', at: 'x', mac: '00' })}\n`) },
]

export const attacks: readonly Attack[] = [...inDatabase, ...onFile]
