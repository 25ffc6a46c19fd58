import type { Ctx } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'

/** Whether nobody signs in by this name or mailbox yet. Asked only for one who holds a letter or an invitation. */
export const isNameFree = (ctx: Ctx, name: string): Promise<boolean> =>
  inTransaction(ctx, async tx => {
    const { rows } = await sql`select id from accounts.door_find(${name})`.execute(tx.db.kysely)
    return rows.length === 0
  })
