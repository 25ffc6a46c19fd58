import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from '#platform/root.ts'
import { startChild } from '#test/child.ts'
import { HouseToKill, inFolder, program, seeded } from './house-to-kill.ts'

/** Counts of all that an import leaves: two imports of the same files are equal in each of them. */
const counted = ['records.resource', 'records.version', 'records.patient', 'records.source_patient where ended_at is null', 'records.result', 'records.result where report_id is not null', 'records.note', 'records.fact', 'records.resource where derived_version is distinct from current_version']

/** Kills the importer at random moments, starts it again each time, lets it end, and compares with an import that nobody disturbed. */
export function killTheImporter({ kills, patients, seed }: { kills: number; patients: number; seed: number }): Promise<{ kills: number; resources: number }> {
  return inFolder(async folder => {
    const random = seeded(seed)
    const records = join(folder, 'records.ndjson')
    const made = await startChild(['--import', 'tsx', join(root, 'bin/generate-records.ts'), '--patients', String(patients), '--out', records]).ended
    assert.equal(made.code, 0, made.words)
    const run = (data: string, ...args: string[]) => startChild(program(...args), { env: { NODE_ENV: 'production', LOG_LEVEL: 'silent', DATA_DIR: join(folder, data) } })
    const bring = (data: string) => run(data, 'import', '--source', 'ehr', '--json', records)
    for (const data of ['calm', 'hit']) {
      const setUp = await run(data, 'setup', '--practice', 'A Practice', '--name', 'An Owner', '--email', 'owner@practice.example', '--zone', 'America/New_York', '--goal', 'engage').ended
      assert.equal(setUp.code, 0, setUp.words)
    }
    const begun = performance.now()
    const calm = await bring('calm').ended
    const tookMs = performance.now() - begun
    assert.equal(calm.code, 0, calm.words)
    for (let killed = 0; killed < kills; killed++) {
      const importer = bring('hit')
      await Promise.race([wait(random() * tookMs), importer.ended])
      await importer.kill('SIGKILL')
    }
    const last = await bring('hit').ended
    assert.equal(last.code, 0, last.words)
    const wanted = await countsOf(join(folder, 'calm'))
    assert.deepEqual(await countsOf(join(folder, 'hit')), wanted)
    return { kills, resources: wanted['records.resource']! }
  })
}

const countsOf = (data: string): Promise<Record<string, number>> => new HouseToKill(data).asOwner(async owner => {
  const counts: Record<string, number> = {}
  for (const what of counted) counts[what] = Number((await owner.query(`select count(*) as n from ${what}`)).rows[0].n)
  return counts
})
