import type { ClientBase, Pool } from 'pg'
import { KeyProblem, type Keys } from '#platform/keys.ts'

type Owner = Pick<ClientBase, 'query'> | Pick<Pool, 'query'>
export type HouseFacts = { id: string; isDemo: boolean }

/** Whether this database has been given its mark and its key. Before that, and only then, a key may be made. */
export async function hasHouse(owner: Owner): Promise<boolean> {
  const { rowCount } = await owner.query('select from platform.house')
  return rowCount === 1
}

/**
 * Marks a fresh database, demo or practice, for ever, and ties it to its key. On every later start it refuses a key file
 * in which a key is missing that has ever sealed something here. `isDemo` counts only for a fresh one.
 */
export async function checkHouse(owner: Owner, keys: Keys, { isDemo, now }: { isDemo: boolean; now: Date }): Promise<HouseFacts> {
  await owner.query('insert into platform.house (is_demo, key_fingerprint, created_at) values ($1, $2, $3) on conflict do nothing', [isDemo, keys.fingerprint, now])
  const { rows } = await owner.query<{ id: string; is_demo: boolean; key_fingerprint: string }>('select id, is_demo, key_fingerprint from platform.house')
  const house = rows[0]!
  const { rows: used } = await owner.query<{ fingerprint: string }>('select fingerprint from platform.house_key')
  const needed = new Set([house.key_fingerprint, ...used.map(row => row.fingerprint)])
  const missing = [...needed].filter(fingerprint => !keys.fingerprints.includes(fingerprint))
  if (missing.length > 0) {
    throw new KeyProblem(`This database was sealed with a key that is not in the key file (fingerprint ${missing.join(', ')}). Put that key back from your safe copy.`)
  }
  await owner.query('insert into platform.house_key (fingerprint, first_used_at) values ($1, $2) on conflict do nothing', [keys.fingerprint, now])
  return { id: house.id, isDemo: house.is_demo }
}
