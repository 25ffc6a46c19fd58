import twilio from 'twilio'
import type { Config } from '#platform/config.ts'
import type { TextLine } from '#platform/house.ts'

export type TwilioAccount = NonNullable<Config['twilio']>

/** Asks another address than Twilio's own: that of a test, or of a relay inside the practice's network. */
class Elsewhere extends twilio.RequestClient {
  private readonly origin: string
  constructor(origin: string) { super({ timeout: 15_000 }); this.origin = origin }
  override request<T>(options: Parameters<twilio.RequestClient['request']>[0]) {
    return super.request<T>({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, this.origin) } as never)
  }
}

/** Twilio's own numbers for what never goes through, however often it is tried: no such number, none that takes texts, stopped at their side. */
const never: ReadonlySet<number> = new Set([21211, 21214, 21217, 21219, 21408, 21421, 21601, 21606, 21610, 21612, 21614, 21617])

/** Its error in our words: a number of its own and no text, because its text can quote who was written to. */
function failure(error: unknown): Error {
  const { status, code } = error as { status?: number; code?: number | string }
  const permanent = typeof code === 'number' && never.has(code) || (status !== undefined && status >= 400 && status < 500 && ![401, 403, 408, 409, 425, 429].includes(status))
  return Object.assign(new Error('text not taken'), { code: permanent ? 'EMESSAGE' : 'ETEXT', responseCode: code ?? status, permanent })
}

/** Hands texts to Twilio by its own client. `statusUrl`: where it says what became of them. */
export function twilioLine(account: TwilioAccount, statusUrl: string): TextLine {
  const client = twilio(account.accountSid, account.authToken, { httpClient: account.apiUrl ? new Elsewhere(account.apiUrl) : new twilio.RequestClient({ timeout: 15_000 }) })
  const from = account.from.startsWith('MG') ? { messagingServiceSid: account.from } : { from: account.from }
  return {
    async send({ to, words }) {
      try {
        const { sid } = await client.messages.create({ to, ...from, body: words.text, statusCallback: statusUrl, validityPeriod: 3_600 })
        return { vendorId: sid }
      } catch (error) {
        throw failure(error)
      }
    },
  }
}
