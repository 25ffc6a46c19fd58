import { createPrivateKey, generateKeyPair, randomUUID, sign, type JsonWebKey, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { placeOf } from '#platform/keys.ts'

export type Algorithm = 'ES384' | 'RS384'
const makePair = promisify(generateKeyPair)
const sealPlace = (kid: string) => placeOf('pull.signing_key', 'sealed', kid)
/** A new key is shown to EHRs this long before it signs, and an old one this long after. */
const aheadHours = 24

async function makeKey(tx: Ctx, algorithm: Algorithm): Promise<void> {
  const { publicKey, privateKey } = algorithm === 'ES384' ? await makePair('ec', { namedCurve: 'P-384' }) : await makePair('rsa', { modulusLength: 3072 })
  const kid = randomUUID()
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig', key_ops: ['verify'] }
  const sealed = tx.house.keys.seal('pull.signing', sealPlace(kid), privateKey.export({ type: 'pkcs8', format: 'der' }))
  await sql`
    insert into pull.signing_key (kid, algorithm, public_jwk, sealed, made_at)
    values (${kid}, ${algorithm}, ${JSON.stringify(jwk)}::jsonb, ${sealed}, ${tx.now()})
  `.execute(tx.db.kysely)
}

/** The first pair of keys. Two who ask at once get the same. */
export function ensureKeys(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async tx => {
    await sql`select pg_advisory_xact_lock(hashtext('pull.signing_key'))`.execute(tx.db.kysely)
    const { rows } = await sql<{ algorithm: Algorithm }>`select distinct algorithm from pull.signing_key`.execute(tx.db.kysely)
    for (const algorithm of ['ES384', 'RS384'] as const) if (!rows.some(row => row.algorithm === algorithm)) await makeKey(tx, algorithm)
  })
}

/** New keys beside the old ones: shown at once, used from tomorrow, so that every EHR has read them by then. */
export function renewKeys(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async tx => {
    await makeKey(tx, 'ES384')
    await makeKey(tx, 'RS384')
    await audit(tx, 'pull.keys-renewed')
  })
}

/** Seals the private halves anew, under the house's new key. Returns how many. */
export function resealSigningKeys(ctx: Ctx): Promise<number> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ kid: string; sealed: Buffer }>`select kid, sealed from pull.signing_key for update`.execute(tx.db.kysely)
    for (const { kid, sealed } of rows) {
      const opened = tx.house.keys.open('pull.signing', sealPlace(kid), sealed)
      await sql`update pull.signing_key set sealed = ${tx.house.keys.seal('pull.signing', sealPlace(kid), opened)} where kid = ${kid}`.execute(tx.db.kysely)
    }
    return rows.length
  })
}

/** What EHRs read: of each algorithm the newest key, and those that it has not been replacing for two days yet. */
export async function publicKeys(ctx: Ctx): Promise<{ keys: JsonWebKey[] }> {
  const { rows } = await sql<{ public_jwk: JsonWebKey }>`
    select k.public_jwk
    from pull.signing_key k
    where not exists (
      select from pull.signing_key later
      where later.algorithm = k.algorithm and later.made_at > k.made_at and later.made_at < ${ctx.now()}::timestamptz - make_interval(hours => ${2 * aheadHours}))
    order by k.algorithm, k.made_at desc
    limit 20
  `.execute(ctx.db.kysely)
  return { keys: rows.map(row => row.public_jwk) }
}

async function signingKey(ctx: Ctx, algorithm: Algorithm): Promise<{ kid: string; key: KeyObject }> {
  const { rows: [row] } = await sql<{ kid: string; sealed: Buffer }>`
    select k.kid, k.sealed
    from pull.signing_key k
    where k.algorithm = ${algorithm}
    order by k.made_at < ${ctx.now()}::timestamptz - make_interval(hours => ${aheadHours}) desc,
      case when k.made_at < ${ctx.now()}::timestamptz - make_interval(hours => ${aheadHours}) then k.made_at end desc, k.made_at
    limit 1
  `.execute(ctx.db.kysely)
  if (!row) throw new Error('no signing key was made yet')
  return { kid: row.kid, key: createPrivateKey({ key: ctx.house.keys.open('pull.signing', sealPlace(row.kid), row.sealed), format: 'der', type: 'pkcs8' }) }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** SMART Backend Services: who we are, signed, for one use within four minutes. `now` is the time as the EHR has it. */
export async function signAssertion(ctx: Ctx, { algorithm, clientId, tokenUrl, now }: { algorithm: Algorithm; clientId: string; tokenUrl: string; now: Date }): Promise<string> {
  const { kid, key } = await signingKey(ctx, algorithm)
  const seconds = Math.floor(now.getTime() / 1_000)
  const words = `${encode({ alg: algorithm, kid, typ: 'JWT' })}.${encode({ iss: clientId, sub: clientId, aud: tokenUrl, exp: seconds + 240, iat: seconds, jti: randomUUID() })}`
  const signature = sign('sha384', Buffer.from(words), algorithm === 'ES384' ? { key, dsaEncoding: 'ieee-p1363' } : key)
  return `${words}.${signature.toString('base64url')}`
}
