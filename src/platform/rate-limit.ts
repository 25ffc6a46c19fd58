import { addressGroup } from '#platform/client-address.ts'
import type { Ctx } from '#platform/ctx.ts'
import { apart, sql } from '#platform/db.ts'

const minute = 60
const hour = 3_600
const day = 86_400

/**
 * Turns per window. `account`: one account or one name that was typed. `address`: one neighbourhood, which may be a household,
 * a library or the practice itself. `all`: everybody together, above what an honest day brings.
 * Figures of the account scope: security reference C4. The wider scopes are our own and not confirmed by a source.
 */
const limits = {
  'sign-in': { seconds: minute, account: 10, address: 30, all: 1_200 },
  reset: { seconds: hour, account: 5, address: 20, all: 1_000 },
  'contact-code': { seconds: hour, account: 5, address: 20, all: 1_000 },
  // Two counts: whoever uses up the times that may be kept does not keep others from the code that they wait for.
  'hold-time': { seconds: hour, account: 20, address: 20, all: 3_000 },
  'new-visit': { seconds: hour, account: 10, address: 20, all: 1_000 },
  'open-times': { seconds: minute, account: 30, address: 60, all: 1_200 },
  activation: { seconds: 15 * minute, account: 5, address: 15, all: 500 },
  'visit-link': { seconds: minute, account: 30, address: 60, all: 3_000 },
  'calendar-feed': { seconds: hour, account: 60, address: 600, all: 30_000 },
  message: { seconds: hour, account: 20, address: 200, all: 10_000 },
  search: { seconds: minute, account: 60, address: 240, all: 2_400 },
  export: { seconds: day, account: 3, address: 30, all: 3_000 },
  'public-form': { seconds: hour, account: 5, address: 5, all: 500 },
  api: { seconds: minute, account: 600, address: 2_400, all: 24_000 },
} as const satisfies Record<string, { seconds: number; account: number; address: number; all: number }>

export type LimitedAction = keyof typeof limits
/** Whose turn it is. `address` is the client's address as PageRequest gives it; neighbours share one count. */
export type Subject = string | { account?: string; address?: string }
export type Turn = { ok: true } | { ok: false; retryAfterSeconds: number }

type Scope = 'address' | 'account' | 'all'

/** The address first: who is turned away there uses up nobody's account. Always in this order, so that two never wait for each other. */
function scopesOf(subject: Subject): [Scope, string][] {
  const { account, address } = typeof subject === 'string' ? { account: subject } as { account: string; address?: string } : subject
  return [
    ...(address === undefined ? [] : [['address', addressGroup(address)] as [Scope, string]]),
    ...(account === undefined ? [] : [['account', account.trim().toLowerCase()] as [Scope, string]]),
    ['all', ''],
  ]
}

type Count = { most: number; seconds: number; current: number; previous: number; intoWindow: number }

/** Whole seconds until a turn is free: within this window when the one before fades enough, else in the next, where this one fades. */
function waitFor({ most, seconds, current, previous, intoWindow }: Count): number {
  const fadedBy = (count: number, left: number) => (count === 0 ? 0 : seconds * Math.max(0, 1 - left / count))
  const inThisWindow = fadedBy(previous, most - 1 - current)
  const wait = current < most && inThisWindow < seconds ? inThisWindow - intoWindow : seconds - intoWindow + fadedBy(current, most - 1)
  return Math.max(1, Math.ceil(wait))
}

/** One turn in one scope, over a window that slides: this window's count and the fading part of the one before. A turn refused is not counted. */
async function takeIn(tx: Ctx, action: LimitedAction, scope: Scope, subject: string): Promise<Turn> {
  const { seconds, [scope]: most } = limits[action]
  const at = tx.now().getTime() / 1000
  const start = Math.floor(at / seconds) * seconds
  const fading = 1 - (at - start) / seconds
  const hashed = tx.house.keys.mac('rate-limit', `${action}/${scope}/${subject}`).toString('base64url')
  const windows = { current: new Date(start * 1000), previous: new Date((start - seconds) * 1000) }
  const { rows } = await sql<{ current: number; previous: number; taken: boolean }>`
    with before as (
      select coalesce((select count from platform.rate_count
        where action = ${action} and subject = ${hashed} and window_start = ${windows.previous}), 0) as count
    ), turn as (
      insert into platform.rate_count as counted (action, subject, window_start, count)
      select ${action}, ${hashed}, ${windows.current}, 1
      from before
      where before.count * ${fading}::float8 + 1 <= ${most}
      on conflict (action, subject, window_start) do update set count = counted.count + 1
        where counted.count + (select count from before) * ${fading}::float8 + 1 <= ${most}
      returning count
    )
    select
      coalesce((select count from turn), (select count from platform.rate_count
        where action = ${action} and subject = ${hashed} and window_start = ${windows.current}), 0)::integer as current,
      (select count from before)::integer as previous,
      exists (select from turn) as taken
  `.execute(tx.db.kysely)
  const { current, previous, taken } = rows[0]!
  if (taken) return { ok: true }
  return { ok: false, retryAfterSeconds: waitFor({ most, seconds, current, previous, intoWindow: at - start }) }
}

/** Takes a turn, in a short transaction of its own that stands whatever becomes of the request. Subjects are kept as keyed hashes. */
export function takeTurn(ctx: Ctx, action: LimitedAction, subject: Subject): Promise<Turn> {
  return apart(ctx, async tx => {
    for (const [scope, name] of scopesOf(subject)) {
      const turn = await takeIn(tx, action, scope, name)
      if (!turn.ok) return turn
    }
    return { ok: true }
  })
}
