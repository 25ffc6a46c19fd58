import type { House } from '#platform/house.ts'

/** Whether this process can serve: the database answers and holds the schema. */
export async function isReady(house: Pick<House, 'pool'>): Promise<boolean> {
  try {
    const { rows } = await house.pool.query<{ version: number }>('select version from platform.content_version')
    return rows.length === 1
  } catch {
    return false
  }
}
