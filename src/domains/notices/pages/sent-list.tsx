import type { OutboxEntry } from '#platform/email.ts'
import { formatWhen } from '#platform/when.ts'
import type { Locale, Say } from '#platform/words.ts'
import { Table } from '#ui/table.tsx'
import { pointWords } from '../read-point.ts'

const kinds = new Set(['something-new', 'letter', 'code', 'visit-coming', 'visit-booked', 'visit-asked', 'visit-declined', 'visit-moved', 'visit-cancelled', 'visit-earlier', 'text-answer'])
const kindOf = (kind: string) => (kinds.has(kind) ? kind : 'other')
const whys = new Set(['silent', 'safe-way', 'no-texts', 'stopped', 'point-failed', 'no-access', 'withdrawn', 'too-late'])

/** What went when to which way, or why it did not. */
export function SentList({ sent, say, locale, zone }: { sent: readonly OutboxEntry[]; say: Say; locale: Locale; zone: string }) {
  return (
    <Table caption={say('notices.sent.title')} isCaptionHidden columns={[{ key: 'when', words: say('notices.sent.when') }, { key: 'what', words: say('notices.sent.about') }, { key: 'to', words: say('notices.sent.to') }, { key: 'state', words: say('notices.sent.state') }]}
      rows={sent.map(one => ({ key: one.id, cells: {
        when: formatWhen(one.sentAt ?? one.queuedAt, zone, 'moment-short', locale), what: say(`notices.sent.kind.${kindOf(one.kind)}`),
        to: pointWords({ kind: one.way === 'text' ? 'phone' : 'mailbox', address: one.to }),
        state: one.state === 'dropped' && whys.has(one.droppedWhy ?? '') ? say(`notices.sent.why.${one.droppedWhy}`) : say(`notices.sent.state.${one.state}`),
      } }))} />
  )
}
