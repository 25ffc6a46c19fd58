import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { instantAt, isDay } from '#platform/when.ts'
import { setGoLive } from '#records'
import { connectEhrs } from './access.ts'
import { discover, forgetToken, getToken, type Connection } from './get-token.ts'
import { EhrProblem, type Problem } from './problems.ts'
import { listConnections, readConnection, runsOf } from './run-state.ts'
import { ensureKeys, renewKeys } from './signing-keys.ts'
import { openRun } from './step-run.ts'

type Staff = Ctx<StaffActor>
const problemIn = (error: unknown): Problem => { if (error instanceof EhrProblem) return error.problem; throw error }

/** The connection, for who may connect. */
export async function connectionFor(ctx: Staff, id: string): Promise<Connection> {
  mustBeAbleTo(ctx, connectEhrs)
  const connection = await readConnection(ctx, id)
  if (!connection) throw new NotFound()
  return connection
}
export async function connectionsFor(ctx: Staff): Promise<Connection[]> {
  mustBeAbleTo(ctx, connectEhrs)
  return listConnections(ctx)
}

/** The first step: asks the EHR how it may be asked. The name stands with every record that comes from there, so it is for good. */
export async function addConnection(ctx: Staff, { source, baseUrl }: { source: string; baseUrl: string }): Promise<{ ok: true; id: string } | Refused<'bad-name' | 'name-taken' | Problem>> {
  mustBeAbleTo(ctx, connectEhrs)
  if (!/^[a-z0-9][a-z0-9._-]{0,59}$/.test(source)) return refused('bad-name')
  const base = baseUrl.trim().replace(/\/+$/, '')
  let found: Awaited<ReturnType<typeof discover>>
  try { found = await discover(ctx, base) } catch (error) { return refused(problemIn(error)) }
  return inTransaction(ctx, async tx => {
    await ensureKeys(tx)
    const { rows: [row] } = await sql<{ id: string }>`
      insert into pull.connection (source, base_url, token_url, algorithm, scope_style, added_at)
      values (${source}, ${base}, ${found.tokenUrl}, ${found.algorithm}, ${found.scopeStyle}, ${tx.now()})
      on conflict (source) do nothing
      returning id
    `.execute(tx.db.kysely)
    if (!row) return refused('name-taken')
    await audit(tx, 'pull.added', { kind: 'pull', ids: [row.id] })
    return { ok: true, id: row.id } as const
  })
}

/** Keeps the client id that the EHR gave us and tries the key at once. Another client id begins anew: nothing that came before is taken for whole. */
export async function testClient(ctx: Staff, id: string, clientId: string): Promise<{ ok: true } | Refused<'no-client' | Problem>> {
  const connection = await connectionFor(ctx, id)
  const wanted = clientId.trim()
  if (wanted === '' || wanted.length > 300) return refused('no-client')
  const tried = { ...connection, clientId: wanted }
  let problem: Problem | undefined
  try { forgetToken(ctx, tried); await getToken(ctx, tried) } catch (error) { problem = problemIn(error) }
  await inTransaction(ctx, async tx => {
    await sql`
      update pull.connection set client_id = ${wanted}, token_tested_at = ${problem ? null : tx.now()}, since = case when client_id = ${wanted} then since end
      where id = ${id}::uuid
    `.execute(tx.db.kysely)
    await audit(tx, 'pull.changed', { kind: 'pull', ids: [id], detail: { works: !problem } })
  })
  return problem ? refused(problem) : { ok: true }
}

/** Keeps the group and begins a trial: everything is fetched and counted, nothing kept. */
export async function tryGroup(ctx: Staff, id: string, groupId: string): Promise<{ ok: true } | Refused<'bad-group' | 'no-token' | 'under-way'>> {
  const connection = await connectionFor(ctx, id)
  const wanted = groupId.trim()
  if (!connection.tokenTestedAt) return refused('no-token')
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(wanted)) return refused('bad-group')
  return inTransaction(ctx, async tx => {
    if (!(await openRun(tx, { ...connection, groupId: wanted }, 'trial'))) return refused('under-way')
    await sql`update pull.connection set group_id = ${wanted}, since = case when group_id = ${wanted} then since end where id = ${id}::uuid`.execute(tx.db.kysely)
    await audit(tx, 'pull.asked', { kind: 'pull', ids: [id], detail: { how: 'trial' } })
    return { ok: true } as const
  })
}

/** Fetches what is new now. Who presses twice gets one. */
export async function askNow(ctx: Staff, id: string): Promise<{ ok: true } | Refused<'off' | 'under-way'>> {
  const connection = await connectionFor(ctx, id)
  if (!connection.isOn) return refused('off')
  return inTransaction(ctx, async tx => {
    if (!(await openRun(tx, connection, 'by-hand'))) return refused('under-way')
    await audit(tx, 'pull.asked', { kind: 'pull', ids: [id], detail: { how: 'by-hand' } })
    return { ok: true } as const
  })
}

/** Every night from now on, and at once. What happened before the day of going live is history: it can be read, and tells nobody (A9). */
export async function turnOn(ctx: Staff, id: string, day: string): Promise<{ ok: true } | Refused<'bad-day' | 'no-trial'>> {
  const connection = await connectionFor(ctx, id)
  if (!isDay(day)) return refused('bad-day')
  if (!(await runsOf(ctx, id, 50)).some(run => run.kind === 'trial' && run.state === 'done')) return refused('no-trial')
  const goLiveAt = instantAt(day, '00:00', await ctx.house.shell.zone(ctx))
  return inTransaction(ctx, async tx => {
    await setGoLive(tx, { source: connection.source, goLiveAt })
    await sql`update pull.connection set is_on = true where id = ${id}::uuid`.execute(tx.db.kysely)
    await openRun(tx, connection, 'by-hand')
    await audit(tx, 'pull.changed', { kind: 'pull', ids: [id], detail: { on: true } })
    return { ok: true } as const
  })
}

export async function turnOff(ctx: Staff, id: string): Promise<void> {
  await connectionFor(ctx, id)
  await inTransaction(ctx, async tx => {
    await sql`update pull.connection set is_on = false where id = ${id}::uuid`.execute(tx.db.kysely)
    await audit(tx, 'pull.changed', { kind: 'pull', ids: [id], detail: { on: false } })
  })
}

export async function renewOurKeys(ctx: Staff): Promise<void> {
  mustBeAbleTo(ctx, connectEhrs)
  await renewKeys(ctx)
}
