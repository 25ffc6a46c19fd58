import type { Pages } from '#platform/page.tsx'
import { activatePage } from './pages/activate.tsx'
import { consolePeople, consolePerson } from './pages/console-people.tsx'
import { newEmailPage } from './pages/new-email.tsx'
import { consoleAccount, portalSettings } from './pages/own-account.tsx'
import { joinPage, resetLinkPage, resetPage } from './pages/reset.tsx'
import { secondFactorPage } from './pages/second-factor.tsx'
import { extendPage, provePage, signOutPage } from './pages/session-pages.tsx'
import { signInPage } from './pages/sign-in.tsx'
import { switchPage } from './pages/switch.tsx'

export const accountsPages: Pages = {
  '/sign-in': signInPage,
  '/sign-in/second-factor': secondFactorPage,
  '/sign-out': signOutPage,
  '/session/extend': extendPage,
  '/prove': provePage,
  '/reset': resetPage,
  '/reset/:token': resetLinkPage,
  '/join/:token': joinPage,
  '/activate': activatePage,
  '/portal/settings': portalSettings,
  '/portal/settings/email/:token': newEmailPage,
  '/portal/switch': switchPage,
  '/console/account': consoleAccount,
  '/console/people': consolePeople,
  '/console/people/:id': consolePerson,
}
