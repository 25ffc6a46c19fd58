import { createElement } from 'react'
import type { SessionClock } from '#ui/practice-facts.ts'
import { useSay } from '#ui/speaking.tsx'

/**
 * Says aloud that the session is about to end and lets the person stay. Sleeps until src/client wakes it;
 * without script a page that lies still too long simply asks to sign in again.
 */
export function SessionWatch({ clock }: { clock: SessionClock }) {
  const say = useSay()
  return createElement('rapport-session', { 'seconds-left': clock.secondsLeft, 'end-href': clock.endHref }, (
    <>
      <form className="session-watch" aria-label={say('ui.session-stay')} method="post" action={clock.extendAction} hidden>
        <input type="hidden" name="_once" value={crypto.randomUUID()} />
        <p role="alert" data-words={say('ui.session-ends')} />
        <button className="button button-primary" type="submit"><span>{say('ui.session-stay')}</span></button>
      </form>
    </>
  ))
}

/** Leaves the house. A form, because it changes something. */
export function SignOut({ action, words }: { action: string; words: string }) {
  return (
    <form method="post" action={action} className="sign-out">
      <input type="hidden" name="_once" value={crypto.randomUUID()} />
      <button type="submit" className="button button-quiet"><span>{words}</span></button>
    </form>
  )
}
