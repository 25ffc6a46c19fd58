import type { ReactNode } from 'react'
import { asset } from '#platform/assets.ts'
import { words, type Locale } from '#platform/words.ts'
import { Speaking } from '#ui/speaking.tsx'

export type Face = 'site' | 'portal' | 'console'

/** What a page says about itself to browsers, search engines and those who share it. Addresses in full. */
export type HeadFacts = {
  title: string
  description?: string | undefined
  canonical?: string | undefined
  alternates?: readonly { locale: Locale; href: string }[] | undefined
  image?: { src: string; alt: string; width?: number | undefined; height?: number | undefined } | undefined
  kind?: 'website' | 'article' | 'profile' | undefined
  jsonLd?: object | undefined
  isHidden?: boolean | undefined
}

type Props = HeadFacts & {
  locale: Locale
  face: Face
  siteName: string
  brandHref?: string | undefined
  iconHref?: string | undefined
  /** The site has no script at all; portal and console bring the small one. */
  hasScript?: boolean | undefined
  className?: string | undefined
  children: ReactNode
}

const fontFolder = 'node_modules/@fontsource-variable'
const bodyFont = `${fontFolder}/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2`
const headingFont = `${fontFolder}/source-serif-4/files/source-serif-4-latin-wght-normal.woff2`
/** The letters of the first screen, asked for before the stylesheet is read. */
const firstFonts: Record<Face, readonly string[]> = { site: [headingFont, bodyFont], portal: [bodyFont], console: [bodyFont] }

/** The HTML page around every layout. */
export function Document({ locale, face, siteName, brandHref, iconHref, hasScript, className, children, ...head }: Props) {
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{head.title === siteName ? siteName : `${head.title} · ${siteName}`}</title>
        <meta name="color-scheme" content="light dark" />
        {firstFonts[face].map(font => <link key={font} rel="preload" href={asset(font)} as="font" type="font/woff2" crossOrigin="anonymous" />)}
        <link rel="stylesheet" href={asset(`src/ui/${face}.css`)} />
        {brandHref && <link rel="stylesheet" href={brandHref} />}
        <link rel="icon" href={iconHref ?? asset('src/ui/mark.svg')} />
        <About {...head} locale={locale} siteName={siteName} />
        {hasScript && <script type="module" src={asset('src/client/main.ts')} />}
      </head>
      <body className={className ? `${face} ${className}` : face}>
        <Speaking say={words(locale)}>{children}</Speaking>
      </body>
    </html>
  )
}

const openGraphLocale: Record<Locale, string> = { en: 'en_US', es: 'es_US' }

function About({ title, description, canonical, alternates, image, kind, jsonLd, isHidden, locale, siteName }: HeadFacts & { locale: Locale; siteName: string }) {
  if (isHidden) return <meta name="robots" content="noindex" />
  return (
    <>
      {description && <meta name="description" content={description} />}
      {canonical && <link rel="canonical" href={canonical} />}
      {alternates?.map(other => <link key={other.locale} rel="alternate" hrefLang={other.locale} href={other.href} />)}
      <meta property="og:title" content={title} />
      <meta property="og:site_name" content={siteName} />
      <meta property="og:type" content={kind ?? 'website'} />
      <meta property="og:locale" content={openGraphLocale[locale]} />
      {description && <meta property="og:description" content={description} />}
      {canonical && <meta property="og:url" content={canonical} />}
      {image && <meta property="og:image" content={image.src} />}
      {image && <meta property="og:image:alt" content={image.alt} />}
      {image?.width && <meta property="og:image:width" content={String(image.width)} />}
      {image?.height && <meta property="og:image:height" content={String(image.height)} />}
      {jsonLd && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: asData(jsonLd) }} />}
    </>
  )
}

/** JSON that cannot end the element it stands in. */
const asData = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')
