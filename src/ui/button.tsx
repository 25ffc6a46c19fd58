import type { ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon-names.ts'

type Look = {
  /** One primary a screen. 'danger' is for what cannot be undone. 'quiet' looks like a link. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | undefined
  icon?: IconName | undefined
  /** The next step on a phone: as wide as the page. */
  isWide?: boolean | undefined
  children: ReactNode
}

const classOf = ({ kind = 'primary', isWide }: Pick<Look, 'kind' | 'isWide'>) => `button button-${kind}${isWide ? ' button-wide' : ''}`

/** Sends the form it stands in. Its words are a verb: "Book this time". */
export function Button({ kind, icon, isWide, children, name, value, formAction, label }: Look & { name?: string | undefined; value?: string | undefined; formAction?: string | undefined; label?: string | undefined }) {
  return (
    <button type="submit" className={classOf({ kind, isWide })} name={name} value={value} formAction={formAction} aria-label={label}>
      {icon && <Icon name={icon} />}<span>{children}</span>
    </button>
  )
}

/** Goes somewhere. Looks like a button when it is the next step. */
export function LinkButton({ kind, icon, isWide, children, href, label, isDownload }: Look & { href: string; label?: string | undefined; isDownload?: boolean | undefined }) {
  return (
    <a href={href} className={classOf({ kind, isWide })} aria-label={label} download={isDownload}>
      {icon && <Icon name={icon} />}<span>{children}</span>
    </a>
  )
}

/** Puts words where they can be pasted. It shows only where that works. */
export function CopyButton({ text, words, copied }: { text: string; words: string; copied: string }) {
  return <button type="button" hidden className={classOf({ kind: 'secondary' })} data-copy={text} data-copied={copied} aria-live="polite"><Icon name="copy" /><span>{words}</span></button>
}

/** Buttons and links that belong together: the first is the next step. */
export const Actions = ({ children }: { children: ReactNode }) => <div className="actions">{children}</div>
