import type { Answer } from '#platform/answer.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor, VisitorActor } from '#platform/ctx.ts'
import type { Permission } from '#platform/permission.ts'
import type { Locale } from '#platform/words.ts'

export { file, seeOther, show } from '#platform/answer.ts'
export type { Answer, View, SeeOther, FileAnswer } from '#platform/answer.ts'

export type PageRequest = {
  url: URL
  params: Record<string, string>
  query: URLSearchParams
  locale: Locale
  /** Where the request came from, for rate limits alone. */
  clientAddress: string
  /** The one cookie of the house, as sent. Only sign-in pages look at it. */
  token: string | undefined
  userAgent: string
  /** Whether a path of ours is answered at the address that was asked. */
  isHere: (path: string) => boolean
}

type Handlers<C extends Ctx> = {
  get: (ctx: C, request: PageRequest) => Promise<Answer>
  post?: (ctx: C, form: FormData, request: PageRequest) => Promise<Answer>
  /** Largest form this page takes, in bytes. 100 KB unless said. */
  mostBytes?: number
}

/**
 * One URL: how it is shown (`get`) and what its form does (`post`). A view is HTML and needs no script.
 * `for` says who may come in; the front door enforces it before `get` or `post` runs.
 * A visitor's page may be kept in the cache (`isCached`) and then never sees a cookie; `ownTransaction` leaves opening one to the page.
 */
export type SitePage = { for: 'visitor'; isCached?: boolean; ownTransaction?: boolean } & Handlers<Ctx<VisitorActor>>
export type PortalPage = { for: 'patient' } & Handlers<Ctx<PatientActor | ProxyActor>>
export type StaffPage = { for: { staff: Permission } } & Handlers<Ctx<StaffActor>>
export type Page = SitePage | PortalPage | StaffPage

export type Pages = Record<string, Page>
