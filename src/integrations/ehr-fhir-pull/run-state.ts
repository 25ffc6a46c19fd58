import { sql } from '#platform/db.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Connection } from './get-token.ts'
import type { Problem } from './problems.ts'

export type RunKind = 'trial' | 'nightly' | 'by-hand'
export type RunState = 'asked' | 'exporting' | 'fetching' | 'done' | 'failed'
export type PullRun = {
  id: string; connectionId: string; kind: RunKind; state: RunState; since: Date | null; statusUrl: string | null; transactionTime: Date | null; requiresToken: boolean
  begunAt: Date; nextAt: Date; tries: number; problem: Problem | null; members: number | null; missing: number | null; bare: number | null; finishedAt: Date | null
}
export type PullFile = { place: number; kind: 'output' | 'deleted' | 'error'; fhirType: string; url: string; announced: number | null; lines: number; parked: number; problem: Problem | null; doneAt: Date | null }

const connectionColumns = sql`
  c.id, c.source, c.base_url as "baseUrl", c.token_url as "tokenUrl", c.algorithm, c.scope_style as "scopeStyle", c.client_id as "clientId", c.group_id as "groupId",
  c.token_tested_at as "tokenTestedAt", c.is_on as "isOn", c.since`
const runColumns = sql`
  r.id, r.connection_id as "connectionId", r.kind, r.state, r.since, r.status_url as "statusUrl", r.transaction_time as "transactionTime", r.requires_token as "requiresToken",
  r.begun_at as "begunAt", r.next_at as "nextAt", r.tries, r.problem, r.members, r.missing, r.bare, r.finished_at as "finishedAt"`

export async function listConnections(ctx: Ctx): Promise<Connection[]> {
  return (await sql<Connection>`select ${connectionColumns} from pull.connection c order by c.source limit 100`.execute(ctx.db.kysely)).rows
}
export async function readConnection(ctx: Ctx, id: string): Promise<Connection | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  return (await sql<Connection>`select ${connectionColumns} from pull.connection c where c.id = ${id}::uuid`.execute(ctx.db.kysely)).rows[0]
}
export async function readRun(ctx: Ctx, id: string): Promise<PullRun | undefined> {
  return (await sql<PullRun>`select ${runColumns} from pull.run r where r.id = ${id}::uuid`.execute(ctx.db.kysely)).rows[0]
}
export async function runsOf(ctx: Ctx, connectionId: string, most = 10): Promise<PullRun[]> {
  return (await sql<PullRun>`select ${runColumns} from pull.run r where r.connection_id = ${connectionId}::uuid order by r.begun_at desc, r.id desc limit ${most}`.execute(ctx.db.kysely)).rows
}
export async function filesOf(ctx: Ctx, runId: string): Promise<PullFile[]> {
  return (await sql<PullFile>`
    select f.place, f.kind, f.fhir_type as "fhirType", f.url, f.announced, f.lines, f.parked, f.problem, f.done_at as "doneAt"
    from pull.file f
    where f.run_id = ${runId}::uuid
    order by f.place
    limit 10000
  `.execute(ctx.db.kysely)).rows
}

type Change = Partial<Pick<PullRun, 'state' | 'statusUrl' | 'transactionTime' | 'requiresToken' | 'nextAt' | 'tries' | 'problem' | 'members' | 'missing' | 'bare' | 'finishedAt'>>
const columnOf = { state: 'state', statusUrl: 'status_url', transactionTime: 'transaction_time', requiresToken: 'requires_token', nextAt: 'next_at', tries: 'tries', problem: 'problem', members: 'members', missing: 'missing', bare: 'bare', finishedAt: 'finished_at' } as const

/** Changes a run that is still under way. */
export async function changeRun(ctx: Ctx, id: string, change: Change): Promise<void> {
  const changes = (Object.keys(change) as (keyof Change)[]).map(key => sql`${sql.ref(columnOf[key])} = ${change[key]}`)
  await sql`update pull.run set ${sql.join(changes)} where id = ${id}::uuid and finished_at is null`.execute(ctx.db.kysely)
}
export async function changeFile(ctx: Ctx, runId: string, place: number, { lines, parked = 0, problem = null, doneAt }: { lines: number; parked?: number; problem?: Problem | null; doneAt: Date }): Promise<void> {
  await sql`
    update pull.file set lines = ${lines}, parked = ${parked}, problem = ${problem}, done_at = ${doneAt}
    where run_id = ${runId}::uuid and place = ${place}
  `.execute(ctx.db.kysely)
}
