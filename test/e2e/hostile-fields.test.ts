import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { visitLink } from '#scheduling'
import { addressesOf } from './addresses.ts'
import { aFullHouse, type FullHouse, type Who } from './full-house.ts'
import { pages } from '#root/routes.ts'

const whos = ['visitor', 'patient', 'front-desk', 'clinician', 'manager'] as const satisfies readonly Who[]
/** What no field is made for, by what it looks like. Every value but the last of a kind is tried in each field of that kind with HOSTILE=all. */
const nowhere = '00000000-0000-0000-0000-000000000000'
const days = ['2026-02-31', '0000-01-01', '9999-12-31', '-271821-04-20', '2026-99-99']
const clocks = ['25:61', '99:99', '24:00', '7']
const numbers = ['-1', '1e309', '99999999999999999999', '2147483648', '8640000000000001', 'NaN']
const words = ['x\0y', 'A'.repeat(100_000), '', '%', "';--", '__proto__', 'constructor', '\r\n', '\ud83d\ude00', '[]', `${nowhere}.${nowhere}.8640000000000001`, `ehr:${'x'.repeat(90)}`]
const kindOf = (name: string, type: string): readonly string[] =>
  (type === 'date' || /day|birth|date|from$|until$|-on$/.test(name) ? days : type === 'time' || /time$|clock|after|before|opens|closes/.test(name) ? clocks : type === 'number' || /version|rank|minutes|price|hours/.test(name) ? numbers : /^[0-9a-f-]{36}$/.test(type) ? [nowhere, 'x\0y', ...numbers] : words)
const queries: Readonly<Record<string, string>> = { days: 'day from month since', instants: 'at to before', ids: 'type with place who where about id person patient back', words: 'said how view speaks gender all next q page' }
const asked = (turn: number): string => new URLSearchParams(Object.entries(queries).flatMap(([kind, names]) => {
  const values = kind === 'days' ? days : kind === 'instants' ? numbers : kind === 'ids' ? [nowhere, 'x\0y', '1'] : words.filter(word => word.length < 200)
  return names.split(' ').map((name, at): [string, string] => [name, values[(turn + at) % values.length]!])
})).toString()

/** Ends who asks; or asks another house, which is not there. */
const notHere = /sign-out|\/session\/|\/feeds\/pull\//
type Form = { action: string; fields: { name: string; value: string; type: string }[] }
const unescape = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const attribute = (tag: string, name: string) => { const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag); return found && unescape(found[1]!) }
/** The forms of a page with what a browser would send. */
function formsIn(html: string, here: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].filter(([, head]) => attribute(head!, 'method')?.toLowerCase() === 'post').map(([, head, inside]) => {
    const fields = [...inside!.matchAll(/<(?:input|button|textarea|select)\b([^>]*)>/g)].flatMap(([, tag]) => {
      const [name, value] = [attribute(` ${tag}`, 'name'), attribute(` ${tag}`, 'value') ?? 'x']
      return name && name !== '_once' ? [{ name, value, type: /^[0-9a-f-]{36}$/.test(value) ? value : attribute(` ${tag}`, 'type') ?? '' }] : []
    })
    return { action: attribute(head!, 'action') || here, fields: [...new Map(fields.map(one => [one.name, one])).values()] }
  })
}

describe('what no field is made for', { timeout: 580_000 }, () => {
  let house: FullHouse
  let addresses: Record<string, string>
  const [known, tally] = [new Set<string>(), { forms: 0, tries: 0 }]
  before(async () => {
    house = await aFullHouse()
    const theirs = await house.one("select id from scheduling.appointment where patient_id = $1 and status = 'booked'", [house.anna.patientId])
    const link = await inTransaction(house.system('scheduling.remind'), tx => visitLink(tx, theirs, { way: 'mail', to: 'anna@patient.example', personId: house.anna.personId, locale: 'en' }))
    addresses = { ...await addressesOf(house, house.bert), '/v/:token': link, '/v/:token/move': `${link}/move` }
  })
  after(() => house?.close())
  const relax = () => house.db.owner.query('delete from platform.rate_count; update platform.session set ended_at = null, ended_because = null where ended_at is not null')

  async function tryForm(who: Who, { action, fields }: Form, broken: Set<string>): Promise<void> {
    for (const [at, { name, type }] of fields.entries()) {
      const bad = kindOf(name, type)
      for (const value of process.env.HOSTILE === 'all' ? bad : [bad[(at + tally.forms) % bad.length]!, bad[0]!]) {
        if (tally.tries++ % 20 === 0) await relax()
        const { status } = await house.people[who].post(action, { ...Object.fromEntries(fields.map(one => [one.name, one.value])), _once: randomUUID(), [name]: value })
        if (status >= 500) broken.add(`POST ${action} ${name}=${JSON.stringify(value.slice(0, 40))} → ${status}`)
      }
    }
  }

  for (const who of whos) {
    test(`is refused in words, and breaks nothing: ${who}`, async () => {
      const broken = new Set<string>()
      for (const [pattern, here] of Object.entries(addresses)) {
        if (!pages[pattern] || (process.env.ONLY && !new RegExp(process.env.ONLY).test(pattern))) continue
        if (tally.tries++ % 20 === 0) await relax()
        const page = await house.people[who].get(here)
        const html = await page.text()
        if (page.status !== 200 || !/html/.test(page.headers.get('content-type') ?? '')) continue
        const query = asked(tally.tries)
        const { status } = await house.people[who].get(`${here}?${query}`)
        if (status >= 500) broken.add(`GET ${pattern}?${query} → ${status}`)
        for (const form of formsIn(html, here)) {
          // The same form on many pages, or for many people, is one.
          const key = `${form.action.replaceAll(/[0-9a-f-]{36}/g, ':id')} ${form.fields.map(field => field.name.replaceAll(/[0-9a-f-]{36}/g, ':id')).join()}`
          if (known.has(key) || notHere.test(form.action)) continue
          known.add(key)
          tally.forms++
          await tryForm(who, form, broken)
        }
      }
      if (process.env.HOSTILE) console.log(who, tally)
      assert.deepEqual([...broken], [])
    })
  }
  test('was asked in earnest: of a hundred forms and a thousand fields', () => { if (!process.env.ONLY) assert.ok(tally.forms > 90 && tally.tries > 1_000, JSON.stringify(tally)) })
})
