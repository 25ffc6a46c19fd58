import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was asked of it, as it came over the wire. */
export type Asked = { path: string; authorization: string; fields: Record<string, string> }
export type TwilioServer = { url: string; asked: Asked[]; mood: 'takes' | 'no such number' | 'stopped there' | 'too many' | 'down' | 'hangs up'; stop: () => Promise<void> }

const errors = {
  'no such number': { status: 400, code: 21211, message: "The 'To' number +18025550199 is not a valid phone number." }, 'stopped there': { status: 400, code: 21610, message: 'Attempt to send to unsubscribed recipient' },
  'too many': { status: 429, code: 20429, message: 'Too Many Requests' }, down: { status: 503, code: 20503, message: 'Service Unavailable' },
} as const

const bodyOf = async (request: IncomingMessage) => { let text = ''; for await (const chunk of request) text += chunk; return text }

/** A server that answers as Twilio's published description of `POST /2010-04-01/Accounts/{Sid}/Messages.json` says: form in, JSON out, 201; errors with code, message, more_info and status. */
export async function aTwilioServer({ accountSid, authToken }: { accountSid: string; authToken: string }): Promise<TwilioServer> {
  const mock: TwilioServer = { url: '', asked: [], mood: 'takes', stop: async () => {} }
  const server: Server = createServer(async (request, response) => {
    const say = (status: number, body: object) => { response.writeHead(status, { 'content-type': 'application/json' }); response.end(JSON.stringify(body)) }
    const fields = Object.fromEntries(new URLSearchParams(await bodyOf(request)))
    mock.asked.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', fields })
    if (mock.mood === 'hangs up') return void request.socket.destroy()
    if (request.method !== 'POST' || request.url !== `/2010-04-01/Accounts/${accountSid}/Messages.json`) return say(404, { code: 20404, message: 'The requested resource was not found', more_info: 'https://www.twilio.com/docs/errors/20404', status: 404 })
    if (request.headers.authorization !== `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`) return say(401, { code: 20003, message: 'Authenticate', more_info: 'https://www.twilio.com/docs/errors/20003', status: 401 })
    if (mock.mood !== 'takes') { const error = errors[mock.mood]; return say(error.status, { ...error, more_info: `https://www.twilio.com/docs/errors/${error.code}` }) }
    if (!fields.To || !(fields.From || fields.MessagingServiceSid) || !(fields.Body || fields.MediaUrl || fields.ContentSid)) return say(400, { code: 21602, message: 'Message body is required.', more_info: 'https://www.twilio.com/docs/errors/21602', status: 400 })
    const sid = `SM${randomBytes(16).toString('hex')}`
    return say(201, { account_sid: accountSid, api_version: '2010-04-01', body: fields.Body, date_created: 'Mon, 23 Nov 2026 15:00:00 +0000', date_sent: null, date_updated: 'Mon, 23 Nov 2026 15:00:00 +0000', direction: 'outbound-api', error_code: null, error_message: null, from: fields.From ?? null, messaging_service_sid: fields.MessagingServiceSid ?? null, num_media: '0', num_segments: '1', price: null, price_unit: null, sid, status: 'queued', subresource_uris: { media: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json` }, to: fields.To, uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json` })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  mock.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  mock.stop = () => new Promise(resolve => { server.closeAllConnections(); server.close(() => resolve()) })
  return mock
}
