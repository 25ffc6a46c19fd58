import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '#platform/config.ts'
import { root } from '#platform/root.ts'
import { envExample, settingsTable } from '#platform/document-settings.ts'

test('without settings there are sensible ones', () => {
  const read = readConfig({})
  assert.ok(read.ok)
  assert.equal(read.config.publicUrl, 'http://127.0.0.1:3000')
  assert.equal(read.config.isHttps, false)
  assert.deepEqual(read.config.origins, ['http://127.0.0.1:3000'])
})
test('everything that is wrong is listed at once, each with its name and what it wants', () => {
  const read = readConfig({ PORT: 'eighty', PUBLIC_URL: 'ftp://x', PORTAL_URL: 'https://practice.example/portal', SMTP_URL: 'mail', TRUSTED_PROXIES: 'proxy.local', LOG_LEVEL: 'loud', MAIL_FROM: 'nobody', POOL_SIZE: '1', DATABASE_OWNER_URL: 'postgres://x/y', DATABASE_WORKER_URL: 'mysql://x' })
  assert.ok(!read.ok)
  const named = read.problems.map(problem => problem.split(':')[0])
  assert.deepEqual(named, ['PORT', 'PUBLIC_URL', 'PORTAL_URL', 'DATABASE_WORKER_URL', 'SMTP_URL', 'MAIL_FROM', 'TRUSTED_PROXIES', 'POOL_SIZE', 'LOG_LEVEL', 'DATABASE_OWNER_URL'])
  assert.equal(read.problems[0], 'PORT: must be a number (Port of the site, the portal and the console.)')
})
test('a value that is close to right is still wrong', () => {
  for (const env of [{ PORT: '70000' }, { PORT: '3000.5' }, { TRUSTED_PROXIES: '10.0.0.0/33' }, { TRUSTED_PROXIES: '10.0.0.1/8/8' }, { TRUSTED_PROXIES: '300.0.0.1' }, { PUBLIC_URL: 'practice.example' }, { METRICS_PORT: '3000' }, { RAPPORT_DEMO: 'yes' }, { DATABASE_URL: 'db.example' }]) {
    assert.ok(!readConfig(env).ok, JSON.stringify(env))
  }
  for (const env of [{ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1, fd00::/8' }, { PORT: ' 8080 ' }, { PORT: '' }, { PUBLIC_URL: 'https://practice.example/' }]) {
    assert.ok(readConfig(env).ok, JSON.stringify(env))
  }
})
test('results in plain text stay on this machine: elsewhere a certificate is needed, whole and with a port of its own', () => {
  const tls = { HL7_TLS_CERT: '/c', HL7_TLS_KEY: '/k' }
  const wrong: [Record<string, string>, RegExp][] = [
    [{ HL7_PORT: 'mllp' }, /^HL7_PORT: must be a number/], [{ HL7_PORT: '70000' }, /^HL7_PORT/], [{ HL7_PORT: '3000' }, /^HL7_PORT: must not be PORT/], [{ HL7_PORT: '9464', METRICS_PORT: '9464' }, /METRICS_PORT/],
    [{ HL7_PORT: '2575', HL7_HOST: '0.0.0.0' }, /^HL7_HOST: results in plain text/], [{ HL7_PORT: '2575', HL7_HOST: '127.0.0.1.example' }, /^HL7_HOST/], [{ HL7_PORT: '2575', HL7_HOST: '::' }, /^HL7_HOST/],
    [{ HL7_PORT: '2575', HL7_TLS_CERT: '/c' }, /needs HL7_TLS_KEY/], [{ HL7_PORT: '2575', HL7_TLS_KEY: '/k' }, /needs HL7_TLS_KEY/], [{ HL7_PORT: '2575', HL7_TLS_CA: '/a' }, /^HL7_TLS_CA: needs/], [tls, /^HL7_TLS_CERT: needs HL7_PORT/],
  ]
  for (const [env, words] of wrong) {
    const read = readConfig(env)
    assert.ok(!read.ok && read.problems.some(problem => words.test(problem)), JSON.stringify(env))
  }
  for (const env of [{ HL7_PORT: '2575' }, { HL7_PORT: '2575', HL7_HOST: '::1' }, { HL7_PORT: '2575', HL7_HOST: '0.0.0.0', ...tls }, { HL7_PORT: '2575', ...tls, HL7_TLS_CA: '/a' }]) assert.ok(readConfig(env).ok, JSON.stringify(env))
})
test('the data lies below the project’s own folder, from wherever it is started', () => {
  const read = readConfig({})
  assert.ok(read.ok)
  assert.equal(read.config.dataDir, join(root, 'data'))
})
test('https makes secure cookies; an own origin for a face is ours', () => {
  const read = readConfig({ PUBLIC_URL: 'https://practice.example/', PORTAL_URL: 'https://portal.practice.example/' })
  assert.ok(read.ok && read.config.isHttps)
  assert.deepEqual(read.config.origins, ['https://practice.example', 'https://portal.practice.example'])
})
test('.env.example and the table for self-hosters say what the code says', () => {
  assert.equal(readFileSync('.env.example', 'utf8'), envExample(), 'run `npm run docs`')
  assert.ok(readFileSync('docs/self-hosting.md', 'utf8').includes(settingsTable()), 'run `npm run docs`')
})
