import type { SiteRender } from './show-site.tsx'
import { renderClinician } from './site-clinician.tsx'
import { renderClinicians } from './site-clinicians.tsx'
import { renderLocation } from './site-location.tsx'
import { renderNotice, renderPrivacy } from './site-notices.tsx'
import { renderServices } from './site-services.tsx'

/** The site's own pages by path: the front door shows them to everybody, the console's preview to those who write them. */
export const siteRenders: Readonly<Record<string, SiteRender>> = {
  '/clinicians': renderClinicians,
  '/clinicians/:slug': renderClinician,
  '/locations/:slug': renderLocation,
  '/services': renderServices,
  '/privacy': renderPrivacy,
  '/privacy-practices': renderNotice('privacy-practices'),
  '/nondiscrimination': renderNotice('nondiscrimination'),
  '/language-help': renderNotice('language-help'),
  '/accessibility': renderNotice('accessibility'),
}
