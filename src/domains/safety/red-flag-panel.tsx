import type { ReactNode } from 'react'
import type { Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import type { RedFlagKind } from './check-red-flags.ts'
import { askedField, choiceField } from './shared.ts'

export type Lines = { phone?: Phone | undefined; afterHours?: string | undefined }

/**
 * Stands in the form, with what was typed still in it: whom to call now, and two ways to send it all the same. A line that the practice has not set
 * is not shown.
 */
export function RedFlagPanel({ kinds, lines, say }: { kinds: readonly RedFlagKind[]; lines: Lines; say: Say }) {
  return (
    <Notice tone="act" title={say('safety.title')}>
      <p>{say('safety.lead')}</p>
      <WhomToCall lines={lines} say={say} only={kind => (kinds.includes(kind) ? 'shown' : 'left-out')} />
      <input type="hidden" name={askedField} value={kinds.join(' ')} />
      <Actions>
        <Button name={choiceField} value="send" kind="danger">{say('safety.send')}</Button>
        <Button name={choiceField} value="not-now" kind="secondary">{say('safety.not-now')}</Button>
      </Actions>
    </Notice>
  )
}

/** Whom to call now, where an answer alone tells of danger: there is nothing to send. */
export const DangerNotice = ({ kinds, lines, say, children }: { kinds: readonly RedFlagKind[]; lines: Lines; say: Say; children?: ReactNode }) => (
  <Notice tone="act" title={say('safety.title')}>
    <p>{say('safety.call-now')}</p>
    <WhomToCall lines={lines} say={say} only={kind => (kinds.includes(kind) ? 'shown' : 'left-out')} />
    {children}
  </Notice>
)

/**
 * The same beside a free text while it is being typed, where script runs (`src/client/watch-words.ts`): it lies here asleep, and without script
 * nobody meets it. Goes right after the text, so that what is typed does not move away under the hands.
 */
export function RedFlagWatch({ lines, say }: { lines: Lines; say: Say }) {
  return (
    <div data-watch-words="" aria-live="polite" className="words-watch">
      <template>
        <Notice tone="act" title={say('safety.title')}>
          <p>{say('safety.lead')}</p>
          <WhomToCall lines={lines} say={say} only={() => 'asleep'} />
          <input type="hidden" name={askedField} value="" disabled />
          <fieldset className="field">
            <legend>{say('safety.is-it-now')}</legend>
            <div className="choices">
              <Choice value="send">{say('safety.now')}</Choice>
              <Choice value="not-now">{say('safety.not-now-yet')}</Choice>
            </div>
          </fieldset>
        </Notice>
      </template>
    </div>
  )
}

const Choice = ({ value, children }: { value: string; children: ReactNode }) => (
  <div className="choice"><input type="radio" name={choiceField} value={value} id={`watched-${value}`} /><label htmlFor={`watched-${value}`}>{children}</label></div>
)

type Standing = 'shown' | 'left-out' | 'asleep'
function WhomToCall({ lines: { phone, afterHours }, say, only }: { lines: Lines; say: Say; only: (kind: RedFlagKind) => Standing }) {
  const forKind = (kind: RedFlagKind, line: ReactNode) => {
    const standing = only(kind)
    return standing === 'left-out' ? null : <li {...(standing === 'asleep' && { 'data-for': kind, hidden: true })}>{line}</li>
  }
  return (
    <ul className="plain-list whom-to-call">
      <li><a href="tel:911"><Icon name="phone" /> <strong>{say('safety.911')}</strong></a></li>
      {forKind('self-harm', <a href="tel:988">{say('safety.988')}</a>)}
      {forKind('overdose', <a href="tel:+18002221222">{say('safety.poison')}</a>)}
      {phone && <li><a href={telephone(phone)}>{say('safety.practice', { phone: phone.text })}</a></li>}
      {afterHours && <li>{say('safety.after-hours', { words: afterHours })}</li>}
    </ul>
  )
}
