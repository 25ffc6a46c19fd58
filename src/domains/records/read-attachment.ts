import sanitizeHtml from 'sanitize-html'
import { asText, asThing, asThings } from './explain/read-loosely.ts'

/** A document inside a resource: words to show, or a file to open. Nothing is fetched from anywhere. */
export type Attachment =
  | { kind: 'text'; text: string; title: string | null }
  | { kind: 'html'; html: string; title: string | null }
  | { kind: 'file'; mediaType: string; bytes: Buffer; title: string | null }
  | { kind: 'elsewhere'; title: string | null }

const mostBytes = 20 * 1024 * 1024
const openable: ReadonlySet<string> = new Set(['application/pdf', 'image/png', 'image/jpeg'])

/** What is left of a narrative: words and their shape. No script, no style, no picture, no link to anywhere. */
export const makeSafe = (html: string): string => sanitizeHtml(html, {
  allowedTags: ['p', 'br', 'b', 'strong', 'i', 'em', 'u', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote', 'div', 'span', 'sub', 'sup', 'hr', 'caption', 'dl', 'dt', 'dd'],
  allowedAttributes: { td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
  transformTags: { h1: 'h3', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' },
  nestingLimit: 60,
})

/** Every attachment of a DocumentReference or DiagnosticReport, in its own order. */
export function attachmentsOf(resource: unknown): Attachment[] {
  const thing = asThing(resource)
  const all = [...asThings(thing.content).map(content => asThing(content.attachment)), ...asThings(thing.presentedForm)]
  return all.slice(0, 20).map(read)
}

function read(attachment: ReturnType<typeof asThing>): Attachment {
  const title = asText(attachment.title)
  const data = asText(attachment.data)
  if (data === null || data.length > mostBytes * 1.4) return { kind: 'elsewhere', title }
  const bytes = Buffer.from(data, 'base64')
  const type = (asText(attachment.contentType) ?? 'text/plain').split(';')[0]!.trim().toLowerCase()
  if (type === 'text/plain' || type === 'text/markdown') return { kind: 'text', text: bytes.toString('utf8'), title }
  if (type === 'text/html' || type === 'application/xhtml+xml') return { kind: 'html', html: makeSafe(bytes.toString('utf8')), title }
  const sniffed = bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? 'application/pdf' : bytes.subarray(0, 4).toString('hex') === '89504e47' ? 'image/png' : bytes.subarray(0, 3).toString('hex') === 'ffd8ff' ? 'image/jpeg' : null
  return sniffed !== null && openable.has(sniffed) ? { kind: 'file', mediaType: sniffed, bytes, title } : { kind: 'elsewhere', title }
}
