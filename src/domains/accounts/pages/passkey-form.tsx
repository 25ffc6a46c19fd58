import type { ReactNode } from 'react'
import type { Say } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import type { Challenge } from '../use-passkey.ts'

type Props = { challenge: Challenge; action?: string; kind: 'get' | 'create'; label: string; say: Say; next?: string; isFirst?: boolean; children?: ReactNode }

/** A button that needs the browser's hands: hidden until the script has seen that the browser can. What it could not do is said below it. */
export function PasskeyForm({ challenge, action, kind, label, say, next, isFirst, children }: Props) {
  return (
    <form method="post" action={action} className="form passkey-form" aria-label={label} data-passkey={kind} data-options={challenge.options} hidden>
      <input type="hidden" name="ticket" value={challenge.ticket} />
      <input type="hidden" name="response" value="" />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      {children}
      <p className="field-error" role="alert" data-refused hidden>{say(kind === 'get' ? 'accounts.passkey.not-used' : 'accounts.passkey.not-made')}</p>
      <Button kind={isFirst ? 'primary' : 'secondary'} icon="fingerprint" isWide>{label}</Button>
    </form>
  )
}
