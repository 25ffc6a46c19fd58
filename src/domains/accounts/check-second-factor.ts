import { createHash, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { placeOf } from '#platform/keys.ts'
import { codeAlphabet } from './shared.ts'
import { personFacts } from './person-facts.ts'

const step = 30
const totpOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: step })

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32
export const totpAddress = (secret: string, { issuer, label }: { issuer: string; label: string }): string =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: step }).toString()

/** The step a code belongs to, one either side of now; undefined when it is wrong. */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 })
  return delta === null ? undefined : Math.floor(now.getTime() / 1_000 / step) + delta
}

export const sealTotp = (ctx: Pick<Ctx, 'house'>, personId: string, secret: string): Buffer =>
  ctx.house.keys.seal('second-factor', placeOf('accounts.person', 'totp_secret', personId), Buffer.from(secret))
const openTotp = (ctx: Ctx, personId: string, sealed: Buffer): string =>
  ctx.house.keys.open('second-factor', placeOf('accounts.person', 'totp_secret', personId), sealed).toString()

/** Seals every app's secret under the newest key. Gives their number. For the job 'accounts.command'. */
export function resealSecondFactors(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ id: string; sealed: Buffer }>`select id, totp_secret as sealed from accounts.person where totp_secret is not null for update`.execute(tx.db.kysely)
    for (const { id, sealed } of rows) {
      await sql`update accounts.person set totp_secret = ${sealTotp(tx, id, openTotp(tx, id, sealed))} where id = ${id}::uuid`.execute(tx.db.kysely)
    }
    return rows.length
  })
}

/** Ten codes for the day the phone is lost: 10 letters each, shown once, kept as hashes. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join(''))
export const hashRecoveryCode = (code: string): Buffer => createHash('sha256').update(`rapport recovery ${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`).digest()

/** Counts a try with a code, whoever's ticket or session it comes by. Gives the seconds to wait when there were too many. */
export async function tryCode(tx: Ctx, personId: string): Promise<number> {
  const { rows } = await sql<{ wait: number }>`select accounts.door_try_code(${personId}::uuid) as wait`.execute(tx.db.kysely)
  return rows[0]!.wait
}

/** A code from the app, each step once, or a recovery code, each once. Source: RFC 6238 5.2. */
export async function checkSecondFactor(tx: Ctx, personId: string, typed: string): Promise<boolean> {
  const code = typed.replace(/[\s-]/g, '')
  if (/^\d{6}$/.test(code)) {
    const person = await personFacts(tx, personId)
    const used = person?.totpSecret && totpStep(openTotp(tx, personId, person.totpSecret), code, tx.now())
    if (!used) return false
    const { rows } = await sql<{ ok: boolean }>`select accounts.door_use_totp_step(${personId}::uuid, ${used}::bigint) as ok`.execute(tx.db.kysely)
    return rows[0]?.ok === true
  }
  if (code.length !== 10) return false
  const { rows } = await sql<{ ok: boolean }>`select accounts.door_use_recovery_code(${personId}::uuid, ${hashRecoveryCode(code)}) as ok`.execute(tx.db.kysely)
  return rows[0]?.ok === true
}
