import { inTransaction, sql } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { openTask, pageOnCall } from '#work'
import { feedCtx } from './feed-ctx.ts'

export type Stranger = { way: 'mllp' | 'https'; name: string; address: string; kind?: string; isCritical?: boolean }
/** So many are told apart; all who come after are one, so that nobody fills the inbox by calling themselves names. */
export const mostStrangers = 20

/**
 * Somebody tried to send who may not. Staff see who, from where and how often, and it is work for the manager; of what was sent nothing is kept, the
 * sender has been told. A critical value pages all the same, once for each (R11+): it is somebody's, and their laboratory believes it delivered.
 */
export async function noteStranger(house: House, { way, name, address, kind = '', isCritical = false }: Stranger): Promise<void> {
  await inTransaction(feedCtx(house), async tx => {
    const shown = name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '').trim().slice(0, 60) || 'without a name'
    const { rows: [row] } = await sql<{ id: string; name: string }>`
      insert into feeds.stranger as s (way, name, address, kind, first_at, last_at)
      select ${way}, case when (select count(*) from feeds.stranger) < ${mostStrangers} or exists (select from feeds.stranger o where o.way = ${way} and o.name = ${shown}) then ${shown} else 'others' end,
        ${address.slice(0, 60)}, ${kind.slice(0, 20)}, ${tx.now()}, ${tx.now()}
      on conflict (way, name) do update set address = excluded.address, kind = excluded.kind, last_at = excluded.last_at, tries = s.tries + 1
      returning id, name
    `.execute(tx.db.kysely)
    const subject = { type: 'stranger', id: row!.id }
    await openTask(tx, { kind: 'feed-stranger', title: 'A system that is not registered tries to send', pool: 'manager', subject, dueInBusinessMinutes: 8 * 60, body: `It calls itself “${row!.name}” and was refused. If it should send, add it under Systems that send.` })
    if (!isCritical) return
    await pageOnCall(tx, {
      kind: 'critical-message', title: 'A critical value came from a system we do not know', subject,
      body: `“${row!.name}” (${address.slice(0, 60)}) sent a value that it marked as critical. It is not registered here, so the message was refused and is in no record. Find out who that is, call them, and write down the call here.`,
    })
  })
}
