import type { Figure } from './figure.ts'
import { ask, percentile, type BenchHouse } from './house.ts'
import { loadPatients } from './measure-records.ts'

/** The results queue of a practice that is far behind: each of its lists, and how many wait in all, on every look. */
export async function measureQueue(house: BenchHouse, cookie: string, open: number): Promise<Figure> {
  const { rows: [{ have }] } = await house.owner.query("select count(*)::int as have from records.result where source = 'bench' and report_id is null")
  const { rows: [{ next }] } = await house.owner.query("select 1 + count(*)::int as next from records.resource where source = 'bench' and fhir_type = 'Patient'")
  if (have < open) await loadPatients(house, Math.ceil((open - have) / 65), next)
  const client = await house.owner.connect()
  try {
    await client.query('begin')
    await client.query(`
      insert into records.life (resource_id, patient_id, place, category, tier, bearing, arrived_at, opens_at, latest_at, final_at, reply_by, released_at)
      select resource_id, patient_id, 'result', 'routine', n % 3, (array['normal','normal','normal','abnormal','critical'])[1 + n % 5], at, at, at, at, at + interval '3 days', at
      from (select resource_id, patient_id, row_number() over (order by id) as n, now() - make_interval(mins => (row_number() over (order by id))::int) as at
        from records.result where source = 'bench' and report_id is null and is_fact order by id limit $1) r
      on conflict do nothing`, [open])
    await client.query('commit')
  } finally {
    client.release()
  }
  for (const table of ['records.life', 'records.result', 'records.resource', 'records.patient']) await house.owner.query(`vacuum (analyze) ${table}`)
  const times: number[] = []
  for (let round = 0; round < 20; round++) {
    for (const path of ['/console/results', '/console/results?list=overdue', '/console/results?list=normal', '/console/results?list=done']) {
      const answer = await ask(house.port, path, { headers: { cookie } })
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      times.push(answer.ms)
    }
  }
  return { name: `the results queue with ${open.toLocaleString('en')} open, 95th percentile`, value: percentile(times, 0.95), unit: 'ms', limit: 150, isBetterHigh: false, note: `median ${percentile(times, 0.5).toFixed(0)} ms; all its lists, the whole page` }
}
