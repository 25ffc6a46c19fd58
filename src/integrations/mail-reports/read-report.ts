/** What an inbox or a mail server says of one of ours. */
export type MailReport = { messageIds: readonly string[]; outcome: 'arrived' | 'bounced' | 'complained' | 'refused'; code: string }

const idIn = /Message-ID:\s*<([0-9a-f-]{36}\.[0-9a-f]{32})@/gi

/**
 * Reads a delivery status notification (RFC 3464) or a complaint (RFC 5965), as a mail server hands it over. Ours is found by its Message-ID in the
 * part that quotes it; `messageIds` are those that look like one, the last first, for whoever can tell which is (`mailOfMessageId`). A status 5.1.x or 5.2.1 says that nobody reads there: 'bounced'; another 5.x.x refuses this one mail; 4.x.x is no end, and nothing here.
 * Undefined: it is none of these. Pure.
 */
export function readMailReport(raw: string): MailReport | undefined {
  const text = raw.slice(0, 200_000).replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ')
  const messageIds = [...text.matchAll(idIn)].map(([, id]) => id!.toLowerCase()).reverse().slice(0, 20)
  if (messageIds.length === 0) return undefined
  if (/^Feedback-Type:\s*(abuse|fraud|virus|other)\b/im.test(text)) return { messageIds, outcome: 'complained', code: 'COMPLAINT' }
  const action = /^Action:\s*(failed|delayed|delivered|relayed|expanded)\b/im.exec(text)?.[1]?.toLowerCase()
  const status = /^Status:\s*([245]\.\d{1,3}\.\d{1,3})\b/im.exec(text)?.[1] ?? ''
  if (action === 'delivered') return { messageIds, outcome: 'arrived', code: status }
  if (action !== 'failed' || !status.startsWith('5')) return undefined
  return { messageIds, outcome: /^5\.(1\.\d+|2\.1)$/.test(status) ? 'bounced' : 'refused', code: `STATUS ${status}` }
}
