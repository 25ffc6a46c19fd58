import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { roles, type Role } from '#platform/ctx.ts'
import { pages } from '#root/routes.ts'
import { addressesOf } from './addresses.ts'
import { aFullHouse, marks, whos, type FullHouse, type Who } from './full-house.ts'

/** Who opens which page of the console: x opens it, 0 may come in and finds nothing, - is refused. Written by hand, not from the code. */
const table = `
                                       clinician care-team front-desk billing editor manager
/console                               x x x x x x
/console/account                       x x x x x x
/console/account/sign-in               x x x x x x
/console/inbox                         x x x x x x
/console/inbox/:id                     x x x x 0 x
/console/on-call                       x x x x x x
/console/away                          x x - - - x
/console/pages                         x x x x x x
/console/patients                      x x x x - x
/console/patients/:id                  x x x x - x
/console/patients/:id/orders           x x - - - -
/console/orders                        x x - - - -
/console/what-to-expect                x x - - - x
/console/patients/:id/choices          x x - - - -
/console/feedback                      x x - - - x
/console/feedback/:id                  x x - - - 0
/console/glossary                      x x - - - x
/console/tests                         x x - - - x
/console/check-words                   x x x x x x
/console/how-notes-read                x x - - - x
/console/release                       x x x - - x
/console/release/findings              - - - - - x
/console/release/critical              x x - - - x
/console/notes                         x x - - - -
/console/notes-elsewhere               x x - - - -
/console/notes/:id                     x x - - - -
/console/notes/:id/words               0 0 - - - -
/console/results                       x x - - - -
/console/results/quick                 x x - - - -
/console/results/rules                 x x - - - -
/console/results/:id                   x x - - - -
/console/schedule                      x x x - - -
/console/schedule/find                 x x x - - -
/console/schedule/book                 x x x - - -
/console/schedule/book/:patient        x x x - - -
/console/schedule/visits/:id           x x x - - -
/console/schedule/visits/:id/move      x x x - - -
/console/schedule/received/:id         x x x - - -
/console/schedule/copy                 x x x - - -
/console/schedule/newcomers/:id        x x x - - -
/console/schedule/feed                 x x - - - -
/console/schedule/calendar             - - x - - x
/console/schedule/changes              x x x - - -
/console/schedule/waitlist             x x x - - -
/console/schedule/waitlist/settings    - - - - - x
/console/schedule/waitlist/new         x x x - - -
/console/schedule/waitlist/new/:patient x x x - - -
/console/schedule/waitlist/:id         x x x - - -
/console/schedule/types                - - x - - x
/console/schedule/types/new            - - x - - x
/console/schedule/types/:id            - - x - - x
/console/schedule/types/:id/questions  - - x - - x
/console/schedule/reasons              - - x - - x
/console/schedule/reasons/:id          - - x - - x
/console/schedule/hours                - - x - - x
/console/schedule/hours/:id            - - x - - x
/console/schedule/measures             - - x - - x
/console/imports                       - - x - - x
/console/imports/matches/:id           - - x - - x
/console/imports/joined/:id            - - x - - x
/console/feeds                         - - - - - x
/console/feeds/senders/:id             - - - - - x
/console/feeds/messages/:id            x x - - - -
/console/feeds/messages/:id/text       x x - - - -
/console/feeds/pull                    - - - - - x
/console/feeds/pull/:id                - - - - - x
/console/outbox                        - - x - - x
/console/outbox/:id                    - - x - - x
/console/outbox/agreements             - - - - - x
/console/texts/:id                     x x x - - x
/console/audit                         - - - - - x
/console/backups                       - - - - - x
/console/jobs                          - - - - - x
/console/people                        - - - - - x
/console/people/:id                    - - - - - x
/console/practice                      x - x - x x
/console/practice/preview              x - x - x x
/console/practice/clinicians           x - x - x x
/console/practice/clinicians/:id       x - x - x x
/console/practice/clinicians/new       - - - - - x
/console/practice/plans                - - x - - x
/console/practice/story                - - - - x x
/console/practice/services             - - - - x x
/console/practice/pictures             - - - - x x
/console/practice/profile              - - - - - x
/console/practice/brand                - - - - - x
/console/practice/locations            - - - - - x
/console/practice/locations/new        - - - - - x
/console/practice/locations/:id        - - - - - x
/console/practice/holidays             - - - - - x
/console/practice/notices              - - - - - x
/console/practice/notices/:kind        - - - - - x
`
const [head, ...lines] = table.trim().split('\n').map(line => line.trim().split(/\s+/))
const byHand = new Map(lines.map(([pattern, ...letters]) => [pattern!, new Map(roles.map((role, column) => [role as Who, letters[column]!]))]))

const mayOpen = (pattern: string, who: Who): boolean => {
  const wanted = pages[pattern]!.for
  if (wanted === 'visitor') return true
  if (wanted === 'patient') return who === 'patient' || who === 'caregiver'
  return wanted.staff.roles.includes(who as Role)
}
/** Who looks after somebody names nobody further. */
const ownAlone = ['/portal/settings/helpers', '/portal/settings/reach', '/portal/settings/reach/sent']
/** What sends on to where it makes sense, whoever asks. */
const sendsOn: Record<string, string> = { '/sign-out': '/sign-in', '/session/extend': '/sign-in', ...Object.fromEntries(['about', 'questions', 'code', 'visit', 'visit.ics'].map(step => [`/book/${step}`, '/book'])) }

describe('who opens what', { timeout: 280_000 }, () => {
  let house: FullHouse, addresses: Record<string, string>
  before(async () => { house = await aFullHouse(); addresses = await addressesOf(house, house.bert) })
  after(() => house.close())
  const denials = async () => Number(await house.one("select count(*) from audit.event where action = 'access.denied'"))

  test('the table by hand names every page of the console, and each page says the same of itself', () => {
    assert.deepEqual(head, [...roles])
    assert.deepEqual([...byHand.keys()].sort(), Object.keys(pages).filter(pattern => /^\/console/.test(pattern)).sort())
    for (const [pattern, letters] of byHand) for (const role of roles) assert.equal(mayOpen(pattern, role), letters.get(role) !== '-', `${role} at ${pattern}`)
    for (const [pattern, page] of Object.entries(pages)) assert.equal(page.for === 'patient', /^\/portal(\/|$)/.test(pattern) && pattern !== '/portal/settings/email/:token', pattern)
  })

  for (const who of whos) {
    test(`${who}: each page of the house answers as it should`, async () => {
      const wrong: string[] = []
      for (const [pattern, address] of Object.entries(addresses)) {
        const before = await denials()
        const answer = await house.people[who].get(address)
        const said = `${answer.status} ${answer.headers.get('location') ?? ''}`.trim() + ((await denials()) > before ? ' and a denial' : '')
        if (!expected(pattern, address, who).test(said)) wrong.push(`${pattern}: ${said}, not ${expected(pattern, address, who).source}`)
        await answer.arrayBuffer()
      }
      assert.deepEqual(wrong, [])
    })
  }

  function expected(pattern: string, address: string, who: Who): RegExp {
    const { for: wanted } = pages[pattern]!
    const isStaff = roles.includes(who as Role)
    if (wanted === 'visitor') return visitorsPage(pattern, who)
    if (who === 'visitor') return new RegExp(`^303 /sign-in\\?next=${encodeURIComponent(address)}$`)
    if (wanted === 'patient') {
      if (isStaff || who === 'half') return /^303 \/console$/
      return who === 'caregiver' && ownAlone.includes(pattern) ? /^404$/ : /^200$/
    }
    if (who === 'patient' || who === 'caregiver') return /^303 \/portal$/
    if (who === 'half') return /^303 \/sign-in\/second-factor$/
    return { x: /^200$/, 0: /^404$/, '-': /^403 and a denial$/ }[byHand.get(pattern)!.get(who)!]!
  }

  /** Anybody may ask; some pages are only for the one who was sent there. */
  function visitorsPage(pattern: string, who: Who): RegExp {
    if (sendsOn[pattern]) return new RegExp(`^303 ${sendsOn[pattern]}`)
    if (/:(token|link|code)(\/move)?$/.test(pattern)) return /^(200|404|410|303 \/sign-in.*)$/
    if (pattern === '/sign-in') return /^(200|303 \/(portal|console|sign-in\/second-factor))$/
    if (pattern === '/sign-in/second-factor') return who === 'half' ? /^303 \/prove/ : /^303/
    if (pattern === '/prove') return who === 'visitor' ? /^303 \/sign-in/ : /^200$|^303 \/(console|portal|sign-in)/
    return /^200$/
  }

  for (const who of ['front-desk', 'billing', 'editor', 'manager'] as const) {
    test(`${who} sees no result, no note and nothing else of the record, on any page`, async () => {
      const seen: string[] = []
      for (const subject of [house.anna, house.bert]) for (const address of Object.values(await addressesOf(house, subject))) {
        const html = await (await house.people[who].get(address)).text()
        for (const mark of marks) if (['result', 'note', 'record'].includes(mark) && html.includes(subject.marks[mark])) seen.push(`${mark} at ${address}`)
      }
      assert.deepEqual(seen, [])
    })
  }
  test('and who treats does see them: the words looked for are really there', async () => {
    for (const who of ['clinician', 'care-team'] as const) {
      const html = await (await house.people[who].get(`/console/patients/${house.anna.patientId}`)).text()
      assert.deepEqual((['result', 'note', 'record'] as const).filter(mark => !html.includes(house.anna.marks[mark])), [])
    }
    assert.equal(await house.one('select count(*) from records.parked where excerpt like $1', [`%${house.anna.marks.result}%`]), '1')
  })
})
