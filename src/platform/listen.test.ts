import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import { listen } from '#platform/listen.ts'
import { aHouse } from '#test/ctx.ts'

test('who is being answered when the house stops gets the answer; nobody new comes in', async () => {
  const t = await aHouse()
  let hasBegun = false
  const app = new Hono().get('/slow', async c => { hasBegun = true; await pause(300); return c.text('whole') })
  const listening = await listen(app, t.house, { port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${listening.port}/slow`
  const answer = fetch(url)
  while (!hasBegun) await pause(5)
  const stopped = listening.stop()
  await assert.rejects(fetch(url, { headers: { connection: 'close' } }))
  assert.equal(await (await answer).text(), 'whole')
  await stopped
  await t.close()
})
