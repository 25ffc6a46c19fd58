import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { clientAddressOf } from '#platform/client-address.ts'
import { inTransaction } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { hearOutcome, keepText, type Outcome } from '#notices'
import { hookCtx } from '#integrations/mail-reports/answer-hooks.ts'

const closed = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
export const hookPaths = { text: '/hooks/twilio/text', status: '/hooks/twilio/status' } as const

/** The fields of a webhook, if Twilio signed exactly these for exactly our address. What it is asked at by others does not count. */
async function signedFields(house: House, c: Context, path: string): Promise<Record<string, string> | undefined> {
  const account = house.config.twilio
  const signature = c.req.header('x-twilio-signature')
  if (!account || !signature) return undefined
  const fields = Object.fromEntries(new URLSearchParams(await c.req.text()))
  const { default: twilio } = await import('twilio')
  return twilio.validateRequest(account.authToken, signature, house.config.publicUrl + path, fields) && fields.AccountSid === account.accountSid ? fields : undefined
}

/** What Twilio says became of a text. 'sent' and what comes before it is no end. 30005, 30006: nobody is reached at that number, now or later. */
export function outcomeOf({ MessageStatus: status, ErrorCode: code = '' }: Record<string, string>): Outcome | undefined {
  if (status === 'delivered' || status === 'read') return 'arrived'
  if (status !== 'undelivered' && status !== 'failed') return undefined
  return code === '30005' || code === '30006' ? 'unreachable' : 'refused'
}

/** Replies and outcomes from Twilio: kept before they are answered for; what comes twice counts once. */
export function answerTwilio(app: Hono, house: House): void {
  const limit = bodyLimit({ maxSize: 60_000, onError: c => c.body(null, 413, closed) })
  const refuse = async (c: Context) => c.body(null, (await takeTurn(hookCtx(house), 'sign-in', { address: clientAddressOf(c, house.config) })).ok ? 403 : 429, closed)
  app.post(hookPaths.text, limit, async c => {
    const fields = await signedFields(house, c, hookPaths.text)
    if (!fields) return refuse(c)
    const { MessageSid: vendorId, From: from = '', Body: body = '' } = fields
    if (vendorId) await inTransaction(hookCtx(house), tx => keepText(tx, { vendorId, from, body }))
    return c.body('<Response/>', 200, { ...closed, 'content-type': 'text/xml; charset=utf-8' })
  })
  app.post(hookPaths.status, limit, async c => {
    const fields = await signedFields(house, c, hookPaths.status)
    if (!fields) return refuse(c)
    const outcome = outcomeOf(fields)
    if (outcome && fields.MessageSid) await inTransaction(hookCtx(house), tx => hearOutcome(tx, { vendorId: fields.MessageSid! }, outcome, `TWILIO ${fields.ErrorCode ?? ''}`.trim()))
    return c.body(null, 204, closed)
  })
}
