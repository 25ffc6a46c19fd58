import type { ReactNode } from 'react'
import { words, type Locale } from '#platform/words.ts'
import { Document } from '#ui/document.tsx'
import { Icon } from '#ui/icon.tsx'
import { DemoBanner, Flash, type Tone } from '#ui/notice.tsx'
import { telephone, type PracticeFacts } from '#ui/practice-facts.ts'
import { SkipLink } from '#ui/wayfinding.tsx'

type Props = {
  locale: Locale
  practice: PracticeFacts
  title: string
  otherLanguage?: { locale: Locale; href: string } | undefined
  /** Only where a part of the page needs hands: a passkey, for one. */
  hasScript?: boolean | undefined
  flash?: { tone?: Tone | undefined; words: ReactNode } | undefined
  /** Under the page: another way on, a way to ask. */
  foot?: ReactNode
  children: ReactNode
}

const ownNames: Record<Locale, string> = { en: 'English', es: 'Español' }

/** One thing on one page: signing in, opening an account, saying what went wrong. */
export function PlainLayout({ locale, practice, title, otherLanguage, hasScript, flash, foot, children }: Props) {
  const say = words(locale)
  return (
    <Document locale={locale} face="portal" className="plain" title={title} siteName={practice.name} brandHref={practice.brandHref} iconHref={practice.markHref} isHidden hasScript={hasScript}>
      <SkipLink />
      {practice.isDemo && <DemoBanner />}
      <header className="plain-header">
        <a className="practice-name" href={locale === 'es' ? '/es' : '/'}>
          {practice.markHref && <img src={practice.markHref} alt="" width="44" height="44" />}
          <span>{practice.name}</span>
        </a>
        {otherLanguage && <a href={otherLanguage.href} lang={otherLanguage.locale} hrefLang={otherLanguage.locale}>{ownNames[otherLanguage.locale]}</a>}
      </header>
      <main id="main" tabIndex={-1}>
        {flash && <Flash tone={flash.tone}>{flash.words}</Flash>}
        {children}
      </main>
      <footer className="plain-footer">
        {foot}
        {practice.phone && <p>{say('ui.need-help')} <a className="phone-link" href={telephone(practice.phone)}><Icon name="phone" /> <span>{practice.phone.text}</span></a></p>}
      </footer>
    </Document>
  )
}
