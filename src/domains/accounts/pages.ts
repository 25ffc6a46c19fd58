import type { Pages } from '#platform/page.tsx'
import { activatePage } from './pages/activate.tsx'
import { carePage } from './pages/care.tsx'
import { helpersPage } from './pages/caregivers.tsx'
import { consolePeople } from './pages/console-people.tsx'
import { consolePerson } from './pages/console-person.tsx'
import { newEmailPage } from './pages/new-email.tsx'
import { consoleAccount, portalSettings } from './pages/own-account.tsx'
import { consoleSignIn, portalSignIn } from './pages/own-sign-in.tsx'
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
  '/activate/:code': activatePage,
  '/care/:link': carePage,
  '/portal/settings': portalSettings,
  '/portal/settings/sign-in': portalSignIn,
  '/portal/settings/helpers': helpersPage,
  '/portal/settings/email/:token': newEmailPage,
  '/portal/switch': switchPage,
  '/console/account': consoleAccount,
  '/console/account/sign-in': consoleSignIn,
  '/console/people': consolePeople,
  '/console/people/:id': consolePerson,
}
