import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readConfig } from '#platform/config.ts'
import { envExample, settingsTable } from '#platform/document-settings.ts'

test('without settings there are sensible ones', () => {
  const read = readConfig({})
  assert.ok(read.ok)
  assert.equal(read.config.publicUrl, 'http://127.0.0.1:3000')
  assert.equal(read.config.isHttps, false)
  assert.deepEqual(read.config.origins, ['http://127.0.0.1:3000'])
})
test('everything that is wrong is listed at once', () => {
  const read = readConfig({ PORT: 'eighty', PUBLIC_URL: 'ftp://x', SMTP_URL: 'mail', TRUSTED_PROXIES: 'proxy.local', LOG_LEVEL: 'loud', MAIL_FROM: 'nobody', DATABASE_OWNER_URL: 'postgres://x/y' })
  assert.ok(!read.ok)
  const named = read.problems.map(problem => problem.split(':')[0])
  assert.deepEqual(named, ['PORT', 'PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM', 'TRUSTED_PROXIES', 'LOG_LEVEL', 'DATABASE_OWNER_URL', 'DATABASE_WORKER_URL'])
})
test('https makes secure cookies; an own origin for a face is ours', () => {
  const read = readConfig({ PUBLIC_URL: 'https://practice.example/', PORTAL_URL: 'https://portal.practice.example/x' })
  assert.ok(read.ok && read.config.isHttps)
  assert.deepEqual(read.config.origins, ['https://practice.example', 'https://portal.practice.example'])
})
test('.env.example and the table for self-hosters say what the code says', () => {
  assert.equal(readFileSync('.env.example', 'utf8'), envExample(), 'run `npm run docs`')
  assert.ok(readFileSync('docs/self-hosting.md', 'utf8').includes(settingsTable()), 'run `npm run docs`')
})
