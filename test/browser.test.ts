import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { chromiumPath, openBrowser } from '#test/browser.ts'

test('a browser of a test shows a page, reaches no other host, and leaves no profile', { skip: !chromiumPath() && 'no Chromium here' }, async t => {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<h1>Good morning</h1>')).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await new Promise(done => server.once('listening', done))
  const before = readdirSync(tmpdir()).filter(name => name.startsWith('rapport-browser-')).length
  const { context, close } = await openBrowser()
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  assert.equal(await page.textContent('h1'), 'Good morning')
  await assert.rejects(page.goto('http://example.com/'), /ERR_NAME_NOT_RESOLVED/)
  await close()
  assert.equal(readdirSync(tmpdir()).filter(name => name.startsWith('rapport-browser-')).length, before)
})
