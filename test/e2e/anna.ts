import type { FullHouse } from './full-house.ts'
import { tablesOf } from './tables.ts'

/** Rows that speak of Anna, as they were: their checksums by table, and how many there are. */
export type Anna = { tables: string[]; pattern: string; hashes: string[]; count: number }

/** Where others may write of her: that somebody looked, that a form was sent. What was there must stay all the same. */
const mayGrow = /^(audit\.|work\.|platform\.(mail|idempotency|rate_count)$)/
const speaksOf = ({ anna }: FullHouse): string => [anna.patientId, anna.personId, '[Zz]qanna', 'anna-', '"anna"'].join('|')

const rowsOf = (tables: readonly string[], what: string): string =>
  tables.map(name => `select ${what.replaceAll('$name', name)} from ${name} t where t::text ~ $1`).join('\nunion all\n')

export async function annaIn(house: FullHouse): Promise<Anna> {
  const tables = (await tablesOf(house.db.superUrl)).map(({ name }) => name).filter(name => !/^(graphile_worker|audit)\.|^platform\.(rate_count|idempotency)$/.test(name))
  const pattern = speaksOf(house)
  const { rows } = await house.db.owner.query<{ name: string; hash: string }>(rowsOf(tables, `'$name' as name, md5('$name' || t::text) as hash`), [pattern])
  return { tables, pattern, hashes: rows.map(({ hash }) => hash), count: rows.filter(({ name }) => !mayGrow.test(name)).length }
}

/** Whether each of her rows is as it was, and none has come that says it is hers. */
export async function isWhole(house: FullHouse, { tables, pattern, hashes, count }: Anna): Promise<boolean> {
  const { rows } = await house.db.owner.query<{ kept: number; hers: number }>({ name: 'anna is whole', text: `
    select count(*) filter (where hash = any ($2::text[]))::int as kept, count(*) filter (where not may_grow)::int as hers
    from (${tables.map(name => `select md5('${name}' || t::text) as hash, ${mayGrow.test(name)} as may_grow from ${name} t where t::text ~ $1`).join('\nunion all\n')}) as row_of`, values: [pattern, hashes] })
  return rows[0]!.kept === hashes.length && rows[0]!.hers === count
}

/** Every id that stands in her rows and in no row of Bert's: her patient, person, results, notes, sessions, letters, tasks, passkeys. */
export async function idsOfAnna(house: FullHouse): Promise<string[]> {
  const { tables, pattern } = await annaIn(house)
  const idsIn = async (words: string) => {
    const { rows } = await house.db.owner.query<{ id: string }>(`select distinct id from (${rowsOf(tables, `unnest(regexp_matches(t::text, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|passkey\\w+', 'g')) as id`)}) as row_of`, [words])
    return rows.map(({ id }) => id)
  }
  const others = new Set([...await idsIn([house.bert.patientId, house.bert.personId, 'Zqbert', 'bert-'].join('|')), ...Object.values(house.people).flatMap(({ personId, sessionId }) => [personId, sessionId])])
  return (await idsIn(pattern)).filter(id => !others.has(id)).sort()
}

/** What of hers belongs into a field of that name. */
export async function rightIdsOfAnna({ anna, one }: FullHouse): Promise<Record<string, string>> {
  return {
    patient: anna.patientId, person: anna.personId, demo: anna.personId, number: anna.patientId,
    session: await one('select id from platform.session where person_id = $1 and id <> $2', [anna.personId, anna.session.sessionId]),
    passkey: await one('select id from accounts.passkey where person_id = $1', [anna.personId]),
    proxy: await one('select id from accounts.proxy where patient_id = $1', [anna.patientId]),
    invitation: await one('select id from accounts.care_invitation where patient_id = $1', [anna.patientId]),
    settle: await one('select id from records.parked where excerpt like $1', ['%Zqanna%']),
  }
}
