import type { Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import type { RedFlagKind } from './check-red-flags.ts'

type Lines = { phone?: Phone | undefined; afterHours?: string | undefined }

/**
 * Stands in the form, with what was typed still in it: whom to call now, and two ways to send it all the same. A line that the practice has not set
 * is not shown.
 */
export function RedFlagPanel({ kinds, lines: { phone, afterHours }, say }: { kinds: readonly RedFlagKind[]; lines: Lines; say: Say }) {
  return (
    <Notice tone="act" title={say('safety.title')}>
      <p>{say('safety.lead')}</p>
      <ul className="plain-list">
        <li><a href="tel:911"><Icon name="phone" /> <strong>{say('safety.911')}</strong></a></li>
        {kinds.includes('self-harm') && <li><a href="tel:988">{say('safety.988')}</a></li>}
        {kinds.includes('overdose') && <li><a href="tel:+18002221222">{say('safety.poison')}</a></li>}
        {phone && <li><a href={telephone(phone)}>{say('safety.practice', { phone: phone.text })}</a></li>}
        {afterHours && <li>{say('safety.after-hours', { words: afterHours })}</li>}
      </ul>
      <Actions>
        <Button name="danger" value="send" kind="danger">{say('safety.send')}</Button>
        <Button name="danger" value="not-now" kind="secondary">{say('safety.not-now')}</Button>
      </Actions>
    </Notice>
  )
}
