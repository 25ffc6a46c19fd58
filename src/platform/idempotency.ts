import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'

const keyForm = /^[A-Za-z0-9_-]{16,100}$/

/** The body as it counts: every field but the key itself, files by their bytes' size and name. */
async function hashOf(form: FormData): Promise<Buffer> {
  const hash = createHash('sha256')
  for (const [name, value] of form) {
    if (name === '_once') continue
    hash.update(`${name.length}:${name}=`)
    if (typeof value === 'string') hash.update(`${value.length}:${value};`)
    else hash.update(`${value.size}:`).update(Buffer.from(await value.arrayBuffer()))
  }
  return hash.digest()
}

export type Once = { isFirst: true; settle: (location: string) => Promise<void> } | { isFirst: false; location: string | null } | { isFirst: false; isDifferent: true }

/**
 * Claims the form's key before its effect, in the effect's own transaction: a second copy waits for the first and is
 * given its answer. A key that comes back with another body is refused. A form without a key is always first.
 */
export async function once(tx: Ctx, form: FormData): Promise<Once> {
  const key = form.get('_once')
  if (typeof key !== 'string' || !keyForm.test(key)) return { isFirst: true, settle: async () => {} }
  const bodyHash = await hashOf(form)
  const { rows } = await sql<{ key: string }>`
    insert into platform.idempotency (actor, key, body_hash, created_at)
    values (platform.actor_key(), ${key}, ${bodyHash}, ${tx.now()})
    on conflict do nothing
    returning key
  `.execute(tx.db.kysely)
  if (rows.length === 1) {
    return {
      isFirst: true,
      async settle(location) {
        await sql`
          update platform.idempotency set location = ${location}
          where actor = platform.actor_key() and key = ${key}
        `.execute(tx.db.kysely)
      },
    }
  }
  const found = await sql<{ body_hash: Buffer; location: string | null }>`
    select body_hash, location
    from platform.idempotency
    where actor = platform.actor_key() and key = ${key}
  `.execute(tx.db.kysely)
  const earlier = found.rows[0]
  if (!earlier || !earlier.body_hash.equals(bodyHash)) return { isFirst: false, isDifferent: true }
  return { isFirst: false, location: earlier.location }
}
