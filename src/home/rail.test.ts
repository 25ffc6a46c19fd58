import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { roles } from '#platform/ctx.ts'
import { pages } from '#root/routes.ts'
import { aPractice } from '#test/practice.ts'
import { aStaffPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, staff: SignedIn
before(async () => {
  house = await aRunningHouse()
  await aPractice(house)
  const { personId } = await aStaffPerson(house, { roles: ['manager'] })
  staff = await signedInAs(house, { personId, roles })
})
after(() => house.close())

/** What the rail calls the current place: once in each of its two forms. */
function currentIn(html: string): string[] {
  const [rail = ''] = /<header class="console-rail">.*?<\/header>/s.exec(html) ?? []
  return [...new Set([...rail.matchAll(/<a href="([^"]+)" aria-current="page"/g)].map(([, href]) => href!))]
}

/** Pages that belong to a place whose address does not begin theirs. */
const standsUnder: Readonly<Record<string, string>> = { '/console/on-call': '/console/inbox', '/console/notes-elsewhere': '/console/notes',
  ...Object.fromEntries(['reasons', 'hours', 'waitlist/settings', 'measures', 'calendar'].map(page => [`/console/schedule/${page}`, '/console/schedule/types'])) }

test('every page of the console says one place of the rail where it stands, and that is its own', async () => {
  const paths = Object.keys(pages).filter(path => path.startsWith('/console') && !path.includes(':'))
  assert.ok(paths.length > 20)
  for (const path of paths) {
    const answer = await staff.get(path)
    const html = await answer.text()
    if (answer.status !== 200 || !html.includes('console-rail')) continue
    const current = currentIn(html)
    assert.equal(current.length, 1, `${path}: ${current.join(' ')}`)
    const isAbove = path === current[0] || path.startsWith(`${current[0]}/`)
    assert.ok(isAbove && (current[0] !== '/console' || path === '/console') || standsUnder[path] === current[0], `${path}: ${current[0]}`)
  }
})
test('on one’s own account that is the name below the rail', async () => {
  for (const path of ['/console/account', '/console/account/sign-in']) assert.deepEqual(currentIn(await (await staff.get(path)).text()), ['/console/account'], path)
})
