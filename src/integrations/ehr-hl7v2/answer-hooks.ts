import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { clientAddressOf } from '#platform/client-address.ts'
import type { House } from '#platform/house.ts'
import { inTransaction } from '#platform/db.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { mostBytes } from './frame-messages.ts'
import { senderByToken } from './keep-sender.ts'
import { readPush } from './read-push.ts'
import { feedCtx, keepMessage, receiveText } from './receive-message.ts'
import type { Sender } from './read-parts.ts'

const closed = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const outcome = (severity: 'information' | 'error', code: string, diagnostics: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics }] })

/** Who sends, by the token that came along. Wrong ones are counted by where they come from. */
async function senderOf(house: House, c: Context): Promise<Sender | 401 | 429> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(c.req.header('authorization') ?? '')?.[1]
  const sender = token && await senderByToken(feedCtx(house), c.req.param('source') ?? '', token)
  if (sender) return sender
  return (await takeTurn(feedCtx(house), 'sign-in', { address: clientAddressOf(c, house.config) })).ok ? 401 : 429
}

/** HL7 v2 and FHIR from registered systems over HTTPS: the same path and the same rules as over MLLP. */
export function answerHooks(app: Hono, house: House): void {
  const limit = bodyLimit({ maxSize: mostBytes, onError: c => c.body(null, 413, closed) })
  app.post('/hooks/hl7/:source', limit, async c => {
    const sender = await senderOf(house, c)
    if (typeof sender === 'number') return c.body(null, sender, { ...closed, 'www-authenticate': 'Bearer' })
    const text = await receiveText(house, new Uint8Array(await c.req.arrayBuffer()), sender)
    return c.body(text, 200, { ...closed, 'content-type': 'application/hl7-v2; charset=utf-8' })
  })
  app.post('/hooks/fhir/:source', limit, async c => {
    const say = (status: 202 | 401 | 422 | 429, severity: 'information' | 'error', code: string, words: string) =>
      c.body(JSON.stringify(outcome(severity, code, words)), status, { ...closed, 'content-type': 'application/fhir+json; charset=utf-8' })
    const sender = await senderOf(house, c)
    if (typeof sender === 'number') return say(sender, 'error', sender === 401 ? 'login' : 'throttled', 'The token is not one of this source.')
    const text = (await c.req.text()).replaceAll('\0', '')
    const read = readPush(text)
    // What cannot be used is kept for staff too, unless it is not even JSON.
    if (read.ok || read.reason !== 'is not JSON') await inTransaction(feedCtx(house), tx => keepMessage(tx, sender.source, 'fhir', Buffer.from(text)))
    return read.ok ? say(202, 'information', 'informational', `Kept: ${read.resources.length}.`) : say(422, 'error', 'invalid', `What was sent ${read.reason}.`)
  })
}
