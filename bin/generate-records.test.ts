import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'

const folder = mkdtempSync(join(tmpdir(), 'generate-records-'))
after(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) => spawnSync(process.execPath, ['bin/generate-records.ts', '--now', '2026-03-04T15:00:00Z', ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
const lines = (text: string) => text.trimEnd().split('\n').map(line => JSON.parse(line) as { resourceType: string; id: string; meta?: { versionId?: string } })

test('writes one resource a line to standard output, a shared person only once, and tells on standard error what it wrote', () => {
  const { stdout, stderr, status } = run('--patients', '40')
  const resources = lines(stdout)
  assert.equal(status, 0)
  assert.match(stderr, new RegExp(`40 of 40 patients, ${resources.length.toLocaleString('en')} resources`))
  const names = resources.map(one => `${one.resourceType}/${one.id}/${one.meta?.versionId ?? ''}`)
  assert.equal(new Set(names).size, names.length)
})

test('writes a file, gzipped when its name says so, with the same records for the same seed', () => {
  const path = join(folder, 'records.ndjson.gz')
  assert.equal(run('--patients', '5', '--out', path).status, 0)
  assert.equal(gunzipSync(readFileSync(path)).toString('utf8'), run('--patients', '5').stdout)
})

test('writes a folder with a file for each type, or a Bundle for each patient', () => {
  const types = join(folder, 'types'), bundles = join(folder, 'bundles')
  run('--patients', '4', '--out', types)
  assert.ok(readdirSync(types).includes('Observation.ndjson'))
  assert.ok(lines(readFileSync(join(types, 'Patient.ndjson'), 'utf8')).every(one => one.resourceType === 'Patient'))
  run('--patients', '4', '--format', 'bundles', '--out', bundles)
  assert.deepEqual(readdirSync(bundles), ['patient-000001.json', 'patient-000002.json', 'patient-000003.json', 'patient-000004.json'])
  assert.equal((JSON.parse(readFileSync(join(bundles, 'patient-000002.json'), 'utf8')) as { type: string }).type, 'transaction')
})

test('refuses what it does not understand, and says what it does', () => {
  for (const args of [['--patients', 'none'], ['--now', 'yesterday'], ['--format', 'xml'], ['--observations', '3'], ['--colour', 'red']]) {
    const { status, stderr } = run(...args)
    assert.equal(status, 1, args.join(' '))
    assert.match(stderr, /--patients N/)
  }
})
