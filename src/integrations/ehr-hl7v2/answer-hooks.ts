import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { clientAddressOf } from '#platform/client-address.ts'
import type { House } from '#platform/house.ts'
import { inTransaction } from '#platform/db.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { mostBytes } from './frame-messages.ts'
import { senderByName, senderByToken } from './keep-sender.ts'
import { noteStranger } from './note-stranger.ts'
import { criticalIn, readPush } from './read-push.ts'
import { feedCtx } from './feed-ctx.ts'
import { pageUnplaced } from './page-unplaced.ts'
import { keepMessage, receiveText } from './receive-message.ts'
import type { Sender } from './read-parts.ts'

const closed = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const outcome = (severity: 'information' | 'error', code: string, diagnostics: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics }] })

/** Who sends, by the token that came along. Wrong ones are counted by where they come from, and staff see those that were meant for a sender of ours. */
async function senderOf(house: House, c: Context): Promise<Sender | 401 | 429> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(c.req.header('authorization') ?? '')?.[1]
  const sender = token && await senderByToken(feedCtx(house), c.req.param('source') ?? '', token)
  if (sender) return sender
  const address = clientAddressOf(c, house.config)
  if (!(await takeTurn(feedCtx(house), 'sign-in', { address })).ok) return 429
  // A token for somebody who may send, and not theirs: an old one, most likely, and results that do not come. Anything else is the noise of the net.
  const named = token && await senderByName(feedCtx(house), c.req.param('source') ?? '')
  if (named) await noteStranger(house, { way: 'https', name: named.source, address })
  return 401
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
    // What cannot be used is kept for staff too; a critical value in it calls at once.
    await inTransaction(feedCtx(house), async tx => {
      const { id, isNew } = await keepMessage(tx, sender.source, 'fhir', Buffer.from(text))
      const { isCritical, happenedAt } = read.ok ? { isCritical: false, happenedAt: null } : criticalIn(text)
      if (isNew && isCritical) await pageUnplaced(tx, { id, source: sender.source, happenedAt })
    })
    return read.ok ? say(202, 'information', 'informational', `Kept: ${read.resources.length}.`) : say(422, 'error', 'invalid', `What was sent ${read.reason}.`)
  })
}
