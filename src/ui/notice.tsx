import type { ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon-names.ts'
import { useSay } from '#ui/speaking.tsx'

/** calm: all is well. notice: a little outside. act: needs action now, and the only one in red. info: none of these. */
export type Tone = 'calm' | 'notice' | 'act' | 'info'

/** Each tone has its own shape, so that colour is never alone. */
export const shapeOf: Record<Tone, IconName> = { calm: 'circle-check', notice: 'diamond', act: 'octagon-alert', info: 'info' }

/** Something to know before going on. The title says it; the rest says what to do. */
export function Notice({ tone = 'info', title, children }: { tone?: Tone | undefined; title: ReactNode; children?: ReactNode }) {
  return (
    <div className={`notice notice-${tone}`}>
      <Icon name={shapeOf[tone]} />
      <div className="notice-words">
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  )
}

/** What just happened, once, at the top of the next page. */
export function Flash({ tone = 'calm', children }: { tone?: Tone | undefined; children: ReactNode }) {
  return (
    <div className={`flash notice-${tone}`} role="status">
      <Icon name={shapeOf[tone]} />
      <p>{children}</p>
    </div>
  )
}

/** A word about a thing's state, with its shape. */
export function Badge({ tone = 'info', icon, children }: { tone?: Tone | 'plain' | undefined; icon?: IconName | undefined; children: ReactNode }) {
  const shape = icon ?? (tone === 'plain' || tone === 'info' ? undefined : shapeOf[tone])
  return <span className={`badge badge-${tone}`}>{shape && <Icon name={shape} size="small" />}{children}</span>
}

/** Nothing here yet: what will come, and when. */
export function EmptyState({ title, icon, children, action, isWholePage }: { title: ReactNode; icon?: IconName | undefined; children?: ReactNode; action?: ReactNode; isWholePage?: boolean }) {
  const Title = isWholePage ? 'h1' : 'p'
  return (
    <div className="empty-state">
      {icon && <Icon name={icon} size="large" />}
      <Title className="empty-state-title">{title}</Title>
      {children && <div className="empty-state-words">{children}</div>}
      {action}
    </div>
  )
}

/** Marks a demonstration wherever a person meets it. */
export function DemoBanner() {
  const say = useSay()
  return <aside className="demo-banner" aria-label={say('ui.demo-label')}><p><strong>{say('ui.demo')}</strong> {say('ui.demo-words')}</p></aside>
}
