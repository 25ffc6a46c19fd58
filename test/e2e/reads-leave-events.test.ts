import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addressesOf } from './addresses.ts'
import { aFullHouse, marks, type FullHouse, type Subject, type Who } from './full-house.ts'

/** Whoever may read of somebody else, and the patient themselves. */
const readers = ['front-desk', 'clinician', 'care-team', 'manager', 'billing', 'caregiver', 'patient'] as const satisfies readonly Who[]
/** The fewest pages on which each reads of a patient: a reader who is let in nowhere would find nothing silent. */
const fewest: Readonly<Record<(typeof readers)[number], number>> = { 'front-desk': 20, clinician: 25, 'care-team': 25, manager: 5, billing: 3, caregiver: 22, patient: 22 }
/** What shows a patient's words and cannot leave an event of theirs, each with the event that it leaves. */
const otherwise: Readonly<Record<string, string>> = {
  '/console/audit': 'audit.searched',   // who searches the trail is in the trail, once: an event in every record that stands in it would fill it with itself
  '/console/feeds/messages/:id': 'feeds.message-read', '/console/feeds/messages/:id/text': 'feeds.message-read',   // a message in no record: whose it is, nobody knows
  '/console/inbox/:id': 'work.viewed',   // what a visitor of the site wrote under a name: whose record that is, nobody has said
}
type Asked = { pattern: string; address: string; form?: Record<string, string> }
/** A thing of a patient's own, by its number: whoever opens it reads of them, whatever words stand in it. */
const isTheirs = (pattern: string): boolean => /^\/portal\/.*:id/.test(pattern)

describe('whoever is shown a word of a patient leaves an event of that patient', { timeout: 280_000 }, () => {
  let house: FullHouse
  let names: Map<string, string[]>
  /** What a visitor of the site wrote stands in lists under the name that they gave: it is in no record. */
  let title: string
  const pages = new Map<Subject, Asked[]>()
  before(async () => {
    house = await aFullHouse()
    for (const subject of [house.bert, house.anna]) pages.set(subject, await everyPage(subject))
    title = await house.one("select title from work.task where kind = 'contact'")
    const { rows } = await house.db.owner.query<{ name: string; ids: string[] }>('select name, array_agg(id::text) as ids from records.patient group by 1')
    names = new Map(rows.map(({ name, ids }) => [name, ids]))
    assert.ok(names.size >= 3, [...names.keys()].join())
  })
  after(() => house?.close())

  /** Every address, the days of the schedule on which they come, what the EHR must be told of them, and what a form finds of them. */
  async function everyPage(subject: Subject): Promise<Asked[]> {
    const { db, one } = house
    await db.owner.query("insert into scheduling.calendar (source, reminds) values ('ehr', false) on conflict do nothing")
    await db.owner.query("insert into scheduling.copy_line (appointment_id, what, opened_at, due_at) select id, 'book', now(), now() from scheduling.appointment where patient_id = $1 and status = 'booked' limit 1", [subject.patientId])
    const day = await one("select to_char(min(starts_at), 'YYYY-MM-DD') from scheduling.appointment where patient_id = $1 and status = 'booked'", [subject.patientId])
    const views = ['day', 'week', 'list'].map(view => ({ pattern: `/console/schedule as ${view}`, address: `/console/schedule?view=${view}&day=${day}` }))
    const searches = ['/console/patients', '/console/schedule/book', '/console/schedule/waitlist/new'].map(path => ({ pattern: `${path} by name`, address: path, form: { name: subject.marks.name } }))
    return [...Object.entries(await addressesOf(house, subject)).map(([pattern, address]) => ({ pattern, address })), ...views, ...searches]
  }

  /** What was shown of them, and of whom else by name, with the events that are missing. */
  async function read(who: Who, subject: Subject, { pattern, address, form }: Asked): Promise<{ shown: string[]; events: string[]; silent: string[] }> {
    const before = await house.one('select uuidv7()')
    const answer = await (form ? house.people[who].post(address, form) : house.people[who].get(address))
    const page = (await answer.text()).replaceAll(title, '')
    // Their own name, and that of whom they care for, stands on every page of theirs: it is who they are here, not what they read.
    const isOwn = who === 'patient' || who === 'caregiver'
    const shown = marks.filter(mark => page.includes(subject.marks[mark]) && !(isOwn && mark === 'name'))
    const things = answer.status === 200 && isOwn && isTheirs(pattern) ? ['a thing of theirs'] : []
    const { rows } = await house.db.owner.query<{ action: string; of: string | null }>('select distinct action, patient_id as of from audit.event where id > $1 order by 1', [before])
    const leaves = (ids: readonly string[]) => rows.some(row => row.action === otherwise[pattern] || (row.of !== null && ids.includes(row.of)))
    const others = isOwn ? [] : [...names].filter(([name, ids]) => page.includes(name) && !leaves(ids)).map(([name]) => name)
    return { shown: [...shown, ...things], events: rows.map(row => row.action), silent: [...(shown.length + things.length > 0 && !leaves([subject.patientId]) ? [...shown, ...things] : []), ...others] }
  }

  for (const who of readers) {
    test(who, async () => {
      const [silent, seen] = [[] as string[], new Set<string>()]
      for (const [subject, list] of pages) {
        if (subject === house.anna && (who === 'caregiver' || who === 'patient')) continue
        for (const asked of list) {
          const { shown, events, silent: missing } = await read(who, subject, asked)
          if (missing.length > 0) silent.push(`${asked.pattern}: ${missing.join(', ')}`)
          if (shown.length > 0) seen.add(`${asked.pattern}: ${shown.join(' ')}: ${events.join(' ')}`)
        }
      }
      if (process.env.SHOW_READS) console.log(`${who}\n${[...seen].join('\n')}\n`)
      assert.deepEqual(silent, [])
      assert.ok(seen.size >= fewest[who], `${seen.size} pages`)
    })
  }
})
