import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Figure } from './figure.ts'
import { ask, percentile, type BenchHouse } from './house.ts'
import { load, type LoadResult } from './load.ts'
import { giveSessions } from './sessions.ts'

type People = { cookies: string[]; patients: string[]; persons: string[] }

/**
 * Patients with a hundred observations each: five reports of eight tests, and sixty tests that stand alone; values, ranges and days spread as real
 * ones are. They are put into the derived tables by SQL; the importer is measured by itself. Gives their ids.
 */
export async function loadPatients(house: BenchHouse, count: number, from: number): Promise<string[]> {
  const client = await house.owner.connect()
  try {
    await client.query('begin')
    await client.query(`
      create temp table made on commit drop as
      select gen_random_uuid() as id, gen_random_uuid() as resource, gen_random_uuid() as person, n from generate_series($1::int, $2::int) as n`, [from, from + count - 1])
    await client.query('analyze made')
    await client.query(`
      insert into records.patient (id, name, given, family, birth_date, sex, phone, mrn, mrn_system, updated_at)
      select id, g || ' ' || f, g, f, date '1931-01-01' + (n * 7919 % 27000), case n % 2 when 0 then 'female' else 'male' end, '802555' || lpad((n % 10000)::text, 4, '0'), 'BN-' || n, 'urn:bench', now()
      from made, lateral (select
        (array['María','José','Ana','Luis','Chloë','Zoé','Björn','Aoife','Søren','Nina','Omar','Priya','Wei','Fatima','Ivan','Grace','Noah','Léa','Hugo','Rosa'])[1 + n % 20] as g,
        initcap(translate(to_hex(n * 2654435761 % 4294967296), '0123456789abcdef', 'aeioubrstlmnvdkg')) as f) names`)
    await client.query("insert into records.resource (id, source, fhir_type, source_id) select resource, 'bench', 'Patient', 'p' || n from made")
    await client.query(`
      insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at)
      select person, id, category, 'see', 'self', now() from made, unnest(array['identity','results','notes','record','appointments','access-log']) as category`)
    await loadResults(client)
    const { rows } = await client.query<{ id: string }>('select id from made order by n')
    await client.query('commit')
    return rows.map(row => row.id)
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** k from 0 to 4: a report and its eight tests; from 5 on a test alone. */
async function loadResults(client: pg.PoolClient): Promise<void> {
  await client.query(`
    create temp table thing on commit drop as
    select gen_random_uuid() as id, gen_random_uuid() as resource, m.id as patient, m.resource as source_patient, m.n, k, t,
      (array['2345-7','2951-2','2823-3','2160-0','3094-0','718-7','2093-3','2571-8','4548-4','3016-3'])[1 + (k + t) % 10] as code,
      date_trunc('hour', now()) - make_interval(days => (k * 47 + m.n * 13) % 2900, hours => (m.n + t) % 24) as at, (80 + (m.n * 31 + k * 17 + t * 7) % 60)::numeric as value
    from made m, generate_series(0, 64) as k, lateral generate_series(case when k < 5 then 0 else 1 end, case when k < 5 then 8 else 1 end) as t`)
  await client.query("insert into records.resource (id, source, fhir_type, source_id) select resource, 'bench', case when k < 5 and t = 0 then 'DiagnosticReport' else 'Observation' end, n || '-' || k || '-' || t from thing")
  await client.query('create temp table head on commit drop as select patient, k, id from thing where k < 5 and t = 0')
  await client.query('analyze thing; analyze head')
  await client.query(`
    insert into records.result (id, resource_id, source, source_patient, patient_id, kind, code, name, unit, lab, value, is_outside, happened_at, status, report_id, test_count, outside_count, is_fact, is_restricted, visible_at, received_at, body)
    select x.id, x.resource, 'bench', x.source_patient, x.patient, case when k < 5 and t = 0 then 'report' else 'test' end, case when k < 5 and t = 0 then '51990-0' else x.code end, 'TEST ' || x.code, 'mg/dL', 'Bench Laboratory',
      case when k < 5 and t = 0 then null else x.value end, case when k < 5 and t = 0 then null else x.value > 120 end, x.at, 'final',
      case when k < 5 and t > 0 then h.id end, case when k < 5 and t = 0 then 8 else 0 end, case when k < 5 and t = 0 then 2 end, true, false, x.at, x.at,
      jsonb_build_object('resourceType', 'Observation', 'id', x.n || '-' || k || '-' || t, 'status', 'final', 'category', jsonb_build_array(jsonb_build_object('coding', jsonb_build_array(jsonb_build_object('code', 'laboratory')))),
        'code', jsonb_build_object('coding', jsonb_build_array(jsonb_build_object('system', 'http://loinc.org', 'code', x.code, 'display', 'Test'))), 'subject', jsonb_build_object('reference', 'Patient/p' || x.n), 'effectiveDateTime', to_char(x.at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'valueQuantity', jsonb_build_object('value', x.value, 'unit', 'mg/dL'), 'referenceRange', jsonb_build_array(jsonb_build_object('low', jsonb_build_object('value', 70), 'high', jsonb_build_object('value', 120))))
    from thing x left join head h using (patient, k)`)
}

/** The people of a thousand of these patients (or of as many as there are), signed in. */
async function signIn(house: BenchHouse, patients: readonly string[], most = 1_000): Promise<People> {
  const step = Math.max(1, Math.floor(patients.length / most))
  const chosen = patients.filter((_, index) => index % step === 0).slice(0, most)
  const { rows } = await house.owner.query<{ patient_id: string; person_id: string }>("select patient_id, person_id from platform.access_grant where category = 'results' and source = 'self' and patient_id = any ($1)", [chosen])
  const cookies = await giveSessions(house, rows.map(row => ({ personId: row.person_id, name: 'Bench Person', roles: [], actingFor: row.patient_id })))
  return { cookies, patients: rows.map(row => row.patient_id), persons: rows.map(row => row.person_id) }
}

export type PortalRun = LoadResult & { people: People; serverCpuMs: number; audited: number }

export async function runPortal(house: BenchHouse, patients: readonly string[], seconds: number): Promise<PortalRun> {
  const people = await signIn(house, patients)
  const next = () => { const who = Math.floor(Math.random() * people.cookies.length); return { path: '/portal/results', who } }
  const headers = (who: number) => ({ cookie: people.cookies[who]!, 'accept-encoding': 'gzip' })
  await load({ port: house.port, paths: next, seconds: 3, connections: 20, headers })
  const count = async () => Number((await house.owner.query("select count(*) as n from audit.event where action = 'results.viewed'")).rows[0].n)
  const before = await count()
  const cpu = house.serverCpu()
  const run = await load({ port: house.port, paths: next, seconds, connections: 20, headers })
  return { ...run, people, serverCpuMs: 1_000 * (house.serverCpu() - cpu) / run.count, audited: await count() - before }
}

/** Signed in, no cached HTML, limits on, each answer's audit row counted: with 100 patients, then with all of them. */
export async function measurePortal(house: BenchHouse, { patients, seconds }: { patients: number; seconds: number }): Promise<Figure[]> {
  const few = await loadPatients(house, 100, 1)
  await house.owner.query('vacuum (analyze) records.result')
  const small = await runPortal(house, few, seconds)
  const all = [...few]
  for (let from = 101; from <= patients; from += 2_000) all.push(...await loadPatients(house, Math.min(2_000, patients - from + 1), from))
  for (const table of ['records.result', 'records.resource', 'records.patient', 'platform.access_grant']) await house.owner.query(`vacuum (analyze) ${table}`)
  const large = await runPortal(house, all, seconds)
  const again = await runPortal(house, few, seconds)
  const memory = house.memory()
  const facts = `${large.count} answers, server ${large.serverCpuMs.toFixed(1)} ms CPU each, client at ${large.clientCpuPercent} % of a core`
  return [
    { name: `portal results, ${all.length.toLocaleString('en')} patients of 100 observations`, value: large.perSecond, unit: 'requests/s', limit: 300, goal: 500, isBetterHigh: true, note: facts },
    { name: 'its 95th percentile at 20 at a time', value: large.p95Ms, unit: 'ms', limit: 60, isBetterHigh: false },
    { name: 'beside the same with 100 patients', value: 100 * large.perSecond / Math.max(small.perSecond, again.perSecond), unit: '%', limit: 80, isBetterHigh: true, note: `${Math.round(small.perSecond)} before, ${Math.round(again.perSecond)} after` },
    { name: 'answers without exactly one audit row', value: Math.abs(large.count - large.audited) + large.errors, unit: 'answers', limit: 0, isBetterHigh: false },
    { name: 'memory of the server under this load', value: memory.most, unit: 'MB', limit: 350, isBetterHigh: false, note: `${memory.now} MB after it` },
    await measureWall(house, large.people, 1_000 / large.perSecond),
  ]
}

/** The page's own query with the wall and, as owner, without it, in turn; as a share of the time a page takes. */
async function measureWall(house: BenchHouse, people: People, pageMs: number): Promise<Figure> {
  const app = new pg.Client({ connectionString: house.urls.app })
  const owner = new pg.Client({ connectionString: house.urls.owner })
  await Promise.all([app.connect(), owner.connect()])
  const times = { app: [] as number[], owner: [] as number[] }
  const query = (patient: string) => `select id, kind, code, name, happened_at, status, test_count, outside_count, is_outside, received_at from records.result where patient_id = '${patient}' and report_id is null and is_fact order by happened_at desc, id desc limit 51`
  for (let round = 0; round < 1_500; round++) {
    const who = round % people.patients.length
    const speak = `select set_config('rapport.kind', 'patient', true), set_config('rapport.now', now()::text, true), set_config('rapport.person', '${people.persons[who]}', true), set_config('rapport.session', '${randomUUID()}', true), set_config('rapport.patient', '${people.patients[who]}', true)`
    for (const [name, client] of round % 2 ? [['app', app], ['owner', owner]] as const : [['owner', owner], ['app', app]] as const) {
      await client.query(`begin; ${speak}`)
      const begun = performance.now()
      const { rowCount } = await client.query(query(people.patients[who]!))
      times[name].push(performance.now() - begun)
      if (rowCount !== 51) throw new Error(`${name} sees ${rowCount} rows`)
      await client.query('commit')
    }
  }
  await Promise.all([app.end(), owner.end()])
  const cost = percentile(times.app, 0.5) - percentile(times.owner, 0.5)
  return { name: 'the wall’s part of a page’s time', value: Math.max(0, 100 * cost / (pageMs * 2)), unit: '%', limit: 15, isBetterHigh: false, note: `${percentile(times.app, 0.5).toFixed(2)} ms with it, ${percentile(times.owner, 0.5).toFixed(2)} ms without; a page takes ${(pageMs * 2).toFixed(1)} ms of two cores` }
}

/** Staff look for people by names with a wrong letter or no accents, among a hundred thousand. */
export async function measureSearch(house: BenchHouse, cookie: string, patients: number): Promise<Figure> {
  const { rows: [{ have }] } = await house.owner.query('select count(*)::int as have from records.patient')
  await house.owner.query(`
    insert into records.patient (name, given, family, birth_date, sex, phone, mrn, mrn_system, updated_at)
    select g || ' ' || f, g, f, date '1931-01-01' + (n * 7919 % 27000), 'female', '802556' || lpad((n % 10000)::text, 4, '0'), 'SN-' || n, 'urn:bench', now()
    from generate_series($1::int, $2::int) as n, lateral (select
      (array['María','José','Ana','Luis','Chloë','Zoé','Björn','Aoife','Søren','Nina','Omar','Priya','Wei','Fatima','Ivan','Grace','Noah','Léa','Hugo','Rosa'])[1 + n % 20] as g,
      initcap(translate(to_hex(n * 2654435761 % 4294967296), '0123456789abcdef', 'aeioubrstlmnvdkg')) as f) names`, [have + 1, patients])
  await house.owner.query('vacuum (analyze) records.patient')
  const { rows } = await house.owner.query<{ given: string; family: string }>('select given, family from records.patient tablesample bernoulli (1) limit 200')
  const times: number[] = []
  let found = 0
  for (const { given, family } of rows) {
    const typed = `${given} ${family.slice(0, 3)}${family.slice(4)}`.normalize('NFD').replace(/\p{M}/gu, '')
    const answer = await ask(house.port, '/console/patients', { method: 'POST', headers: { cookie, origin: house.url }, body: new URLSearchParams({ name: typed, birth: '', phone: '', mrn: '' }).toString() })
    times.push(answer.ms)
    if (answer.body.includes(family)) found++
  }
  return { name: `finding a patient among ${patients.toLocaleString('en')}, 95th percentile`, value: percentile(times, 0.95), unit: 'ms', limit: 50, isBetterHigh: false, note: `${found} of ${rows.length} found with a letter missing and no accents; the whole page, one at a time` }
}

/** The audit page, searched by person, by patient, by action and by time. */
export async function measureAudit(house: BenchHouse, cookie: string, events: number): Promise<Figure> {
  for (let made = 0; made < events; made += 1_000_000) {
    await house.owner.query(`
      insert into audit.event (at, request_id, actor_kind, person_id, action, patient_id, kind)
      select now() - make_interval(secs => n * 3), 'bench-' || n, 'staff', ('00000000-0000-4000-8000-' || lpad((n % 400)::text, 12, '0'))::uuid, (array['results.viewed','notes.viewed','record.viewed','patients.searched'])[1 + n % 4],
        ('00000000-0000-4000-9000-' || lpad((n % 20000)::text, 12, '0'))::uuid, 'result'
      from generate_series($1::int, $2::int) as n`, [made + 1, made + Math.min(1_000_000, events - made)])
  }
  await house.owner.query('vacuum (analyze) audit.event')
  const times: number[] = []
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
  for (const query of ['', 'action=notes.viewed', `from=${day(20)}&to=${day(10)}`, 'patient=00000000-0000-4000-9000-000000000077', `action=results.viewed&from=${day(30)}&to=${day(29)}`, 'patient=00000000-0000-4000-9000-000000000099&action=record.viewed']) {
    for (let round = 0; round < 3; round++) {
      const answer = await ask(house.port, `/console/audit?${query}`, { headers: { cookie } })
      if (answer.status !== 200) throw new Error(`/console/audit?${query} answered ${answer.status}`)
      times.push(answer.ms)
    }
  }
  return { name: `searching ${events.toLocaleString('en')} audit events, the slowest`, value: Math.max(...times), unit: 'ms', limit: 2_000, isBetterHigh: false, note: `median ${percentile(times, 0.5).toFixed(0)} ms` }
}
