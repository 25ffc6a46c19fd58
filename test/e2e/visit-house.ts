import type { BrowserContextOptions, Page } from 'playwright-core'
import { letActForAsSystem } from '#accounts'
import { sendMail } from '#platform/send-mail.ts'
import { schedulingJobs } from '#scheduling'
import { openBrowser, type Browsing } from '#test/browser.ts'
import { aLiveHouse, type LiveHouse } from '#test/live.ts'
import { aMailServer, type MailServer } from '#test/mail-server.ts'
import { aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { smallPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aSchedule, smallSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs } from '#test/signed-in.ts'
import { aTwilioServer, type TwilioServer } from '#test/twilio-server.ts'
import { hear } from './look-at-page.ts'

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'a-token-that-signs-what-comes', from: '+18025550100' }
/** Words that tell what somebody comes for, with whom, and how they are. None of them may ever leave the house. */
export const healthWords = /knee|rodilla|zqcanary|check-?up|chequeo|follow-?up|seguimiento|vaccine|vacuna|desk visit|harrow|marsh|family doctor|m[eé]dic|nurse|enfermer|\bdoctor|insurance|seguro|medicine|medicina/i
const hours = (opens: number, closes: number) => [{ opens: opens * 60, closes: closes * 60 }]
const week = { 1: hours(9, 12), 2: hours(9, 12), 3: hours(9, 12), 4: hours(9, 12), 5: hours(9, 12) }

export type VisitHouse = LiveHouse & { s: TestSchedule; mail: MailServer; twilio: TwilioServer; complaints: string[]; shut: () => Promise<void> }

/** A practice with a place in New York, where clocks change, and one in Phoenix, where they never do; mails and texts leave it for real. */
export async function aVisitHouse(now: string): Promise<VisitHouse> {
  const [mail, twilio] = [await aMailServer(), await aTwilioServer(account)]
  const live = await aLiveHouse({ now, env: { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken, TWILIO_FROM: account.from, TWILIO_CAMPAIGN: 'CTEST', TWILIO_API_URL: twilio.url } })
  const heron = smallPractice.locations!['heron-street']!
  const s = await aSchedule(live, { hours: { 'nell-harrow': { 'heron-street': week }, 'ivo-marsh': { 'mesa-road': week } }, types: { ...smallSchedule.types, 'check-up': { ...smallSchedule.types['check-up']!, with: ['nell-harrow', 'ivo-marsh'], prepare: { en: 'Bring your list of medicines.', es: 'Traiga su lista de medicinas.' } } } },
    { exceptions: [], locations: { 'heron-street': heron, 'mesa-road': { ...heron, name: 'Mesa Road', street: '8 Mesa Road', city: 'Palo Seco', region: 'AZ', postalCode: '85999', zone: 'America/Phoenix' } } })
  await live.db.owner.query("insert into platform.line values ('text', 'Twilio', '2099-12-31', now(), null)")
  return { ...live, s, mail, twilio, complaints: [], async shut() { await live.close(); await mail.stop(); await twilio.stop() } }
}

export type Visitor = TestPerson & { locale: 'en' | 'es'; actingFor: string; actingAs: 'patient' | 'proxy'; roles: readonly 'front-desk'[] }
const whoIs = (person: TestPerson, more: Partial<Visitor> = {}): Visitor => ({ ...person, locale: 'en', actingFor: person.patientId, actingAs: 'patient', roles: [], ...more })
let count = 0

/** Somebody with a record and a way into it. */
export async function aPatient(house: VisitHouse, given: string, { locale = 'en', texts = false }: { locale?: 'en' | 'es'; texts?: boolean } = {}): Promise<Visitor> {
  const family = 'Marlowe'
  const patientId = (await bringRecords(house, `ehr-${++count}`, [fhir.patient('p1', { name: [{ given: [given], family }] })])).get('p1')!
  const person = await aPatientPerson(house, { name: `${given} ${family}`, email: `${given.toLowerCase()}@patient.example`, patientId, locale })
  if (texts) await hearByText(house, patientId, `+1602555${String(1000 + count)}`)
  return whoIs(person, { locale })
}
async function hearByText(house: VisitHouse, patientId: string, number: string): Promise<void> {
  await house.db.owner.query("insert into notices.point values ('phone', $1, now())", [number])
  await house.db.owner.query("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, now(), 'code')", [patientId, number])
  await house.db.owner.query("insert into notices.choice (patient_id, prefers, set_at) values ($1, 'text', now())", [patientId])
}
/** Who looks after that patient. */
export async function aCaregiver(house: VisitHouse, given: string, of: Visitor, locale: 'en' | 'es' = 'en'): Promise<Visitor> {
  const own = await aPatient(house, given, { locale })
  await letActForAsSystem(house.system('accounts.command'), { personId: own.personId, patientId: of.patientId, basis: 'named-by-adult', endsAt: new Date('2099-01-01') })
  return { ...own, actingFor: of.patientId, actingAs: 'proxy' }
}
export const aDeskPerson = async (house: VisitHouse): Promise<Visitor> => whoIs(await aStaffPerson(house, { name: 'Dee Fields', roles: ['front-desk'] }), { actingFor: '', roles: ['front-desk'] })

/** A browser somewhere in the world, with its owner signed in as of now. */
export async function sitDown(house: VisitHouse, who: Visitor | undefined, options: BrowserContextOptions): Promise<{ page: Page; browsing: Browsing; signIn: (as?: Visitor) => Promise<void> }> {
  const browsing = await openBrowser({ viewport: { width: 390, height: 844 }, ...options })
  const page = await browsing.context.newPage()
  page.setDefaultTimeout(20_000)
  hear(page, house.url, words => house.complaints.push(`${page.url()}: ${words}`))
  const signIn = async (as = who) => {
    if (!as) return
    const { cookie } = await signedInAs(house, { personId: as.personId, name: as.name, locale: as.locale, roles: as.roles, ...(as.actingFor && { actingFor: as.actingFor, actingAs: as.actingAs }) })
    await browsing.context.clearCookies()
    const [name, value] = cookie.split('=') as [string, string]
    await browsing.context.addCookies([{ name, value, url: house.url }])
  }
  await signIn()
  return { page, browsing, signIn }
}

/** Asks who is to be reminded at that moment, and lets what waits leave. Gives what left since then, whole, as it went over the wire. */
export async function remindAt(house: VisitHouse, moment: string): Promise<{ mails: { to: string; words: string }[]; texts: { to: string; words: string }[] }> {
  const [mails, texts] = [house.mail.received.length, house.twilio.asked.length]
  house.setNow(moment)
  await schedulingJobs.find(job => job.name === 'scheduling.remind')!.run(house.system('scheduling.remind'), {})
  await letLeave(house)
  return {
    mails: mailsSince(house, mails),
    texts: house.twilio.asked.slice(texts).map(({ fields }) => ({ to: fields.To!, words: fields.Body! })),
  }
}
export const mailsSince = (house: VisitHouse, count: number): { to: string; words: string }[] => house.mail.received.slice(count).map(({ to, source }) => ({ to: to.join(), words: readMail(source) }))

/** All that the outbox holds leaves now; the worker beside may have been faster. */
export async function letLeave(house: VisitHouse): Promise<void> {
  const waiting = async () => (await house.db.owner.query('select id from platform.mail where sent_at is null and failed_at is null and words is not null and dropped_at is null')).rows
  for (let tries = 0; tries < 100 && (await waiting()).length > 0; tries++) {
    for (const { id } of await waiting()) await sendMail(house.system('platform.send-mail'), id).catch(() => {})   // another sender holds it
    await new Promise(done => setTimeout(done, 50))
  }
}
/** A mail as one reads it: folded lines and quoted letters made whole. */
const readMail = (source: string): string => Buffer.from(source.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8').replace(/\r?\n[ \t]/g, ' ')
