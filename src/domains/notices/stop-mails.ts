import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { linkTo, type OurLink } from '#platform/letter-facts.ts'
import type { Locale } from '#platform/words.ts'

const purpose = 'stop-mails'
const short = (mac: Buffer) => mac.toString('base64url').slice(0, 32)

/** Ends mails like this one with one click; the address says nothing but which mail it came with. */
export const stopLink = (ctx: Pick<Ctx, 'house'>, mailId: string): OurLink => linkTo(ctx.house, `/hooks/stop/${mailId}.${short(ctx.house.keys.mac(purpose, mailId))}`, { front: 'site' })

/** The mail that a token belongs to, if it is one of ours. It works as long as the key that made it is kept: whoever wants no more mails is not asked how old theirs is. */
export function mailOfToken(ctx: Pick<Ctx, 'house'>, token: string): string | undefined {
  const [id = '', mac = ''] = token.split('.')
  return /^[0-9a-f-]{36}$/.test(id) && ctx.house.keys.macs(purpose, id).some(one => timingSafeEqual(Buffer.from(short(one)), Buffer.from(mac.padEnd(32).slice(0, 32), 'latin1'))) && mac.length === 32 ? id : undefined
}

/** Whoever reads that mailbox wants no more mails that something is new, about this patient. Twice is the same as once (RFC 8058). Care goes on as it did. */
export async function stopNews(tx: Ctx, mailId: string, shown: { words: string; locale: Locale }): Promise<void> {
  await sql`select notices.door_stop_news(${mailId}::uuid, ${shown.words}, ${shown.locale})`.execute(tx.db.kysely)
}
