import type { ReactNode } from 'react'
import type { View } from '#platform/answer.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { Locale } from '#platform/words.ts'
import type { Sender } from '#platform/write-letter.ts'

export type ShellFacts = {
  title: string
  /** The address of the navigation item this page belongs to. */
  current?: string
  status?: number
  headers?: Record<string, string>
  /** Said once at the top after something was done. */
  flash?: { tone?: 'calm' | 'notice' | 'act' | 'info'; words: ReactNode }
}
export type SiteFacts = ShellFacts & {
  locale: Locale
  /** The page's own path without /es, for canonical and hreflang. */
  path: string
  description?: string
  /** schema.org, as data. */
  jsonLd?: object
  /** The picture that shows where the page is shared; a path of ours. */
  image?: { src: string; alt: string; width?: number; height?: number }
  kind?: 'website' | 'article' | 'profile'
  validUntil?: Date
  isIndexed?: boolean
  /** What stands before the page's own width: a hero with its own ground. */
  top?: ReactNode
}

/**
 * What stands around a page of each face: the practice's name and look, the navigation, who is signed in.
 * Any domain may show a page with it (`ctx.house.shell.portal(ctx, { title }, <View/>)`); home makes it, since it knows every face.
 */
export type Shell = {
  /** The practice's own IANA zone: times on pages are told in it. */
  zone: (ctx: Ctx) => Promise<string>
  /** Who writes our letters. */
  practice: (ctx: Ctx) => Promise<Sender>
  site: (ctx: Ctx, facts: SiteFacts, content: ReactNode) => Promise<View>
  /** Sign-in, activation, proof: one thing, no navigation. `isNeutral`: under the name that stands in letters, which tells no specialty. */
  plain: (ctx: Ctx, facts: ShellFacts & { locale: Locale; path?: string; hasScript?: boolean; foot?: ReactNode; isNeutral?: boolean }, content: ReactNode) => Promise<View>
  portal: (ctx: Ctx, facts: ShellFacts, content: ReactNode) => Promise<View>
  console: (ctx: Ctx, facts: ShellFacts & { list?: ReactNode }, content: ReactNode) => Promise<View>
}
