import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { roles } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { defineJob, enqueue } from '#platform/jobs.ts'
import { closeMailLine } from '#platform/carry-mail.ts'
import { sendMailJob } from '#platform/send-mail.ts'
import { jobs } from '#root/jobs.ts'
import { startWorker } from '#root/worker.ts'
import { aMailServer, type MailServer } from '#test/mail-server.ts'
import { aStaffPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

type Row = { id: string; attempts: number; max_attempts: number; last_error: string | null }

describe('a job that has given up', { timeout: 120_000 }, () => {
  let house: RunningHouse, manager: SignedIn, mail: MailServer
  let boss: string
  before(async () => {
    mail = await aMailServer()
    house = await aRunningHouse({ env: { SMTP_URL: `smtp://127.0.0.1:${mail.port}` } })
    boss = (await aStaffPerson(house, { roles: ['manager'] })).personId
    manager = await signedInAs(house, { personId: boss, roles: ['manager'] })
  })
  after(async () => {
    closeMailLine(house.house)
    await house.close()
    await mail.stop()
  })

  const asWorker = async <T>(query: string): Promise<T[]> => ((await house.db.owner.query(`set role rapport_worker; ${query}; reset role`)) as unknown as { rows: T[] }[])[1]!.rows
  const read = async (id: string) => (await asWorker<Row>(`select id, attempts, max_attempts, last_error from graphile_worker.jobs where id = ${Number(id)}`))[0]
  async function runUntil(isSo: () => Promise<boolean>, which = [sendMailJob]): Promise<void> {
    const worker = await startWorker(house.house, which, { workerUrl: house.db.workerUrl })
    for (let tries = 0; tries < 300 && !await isSo(); tries++) await pause(50)
    await worker.stop()
    assert.ok(await isSo())
  }
  /** A mail over a dead server, tried for the last time. */
  async function givenUp(): Promise<{ jobId: string; mailId: string }> {
    const { id: mailId } = await inTransaction(house.visitor(), tx => queueMail(tx, { to: 'ana@example.com', subject: 'New', text: 'Sign in to read it.' }))
    const [job] = await asWorker<Row>(`select id from graphile_worker.jobs order by id desc limit 1`)
    await asWorker(`select graphile_worker.reschedule_jobs(array[${job!.id}]::bigint[], max_attempts => 1)`)
    const { port } = mail
    await mail.stop()
    await runUntil(async () => (await read(job!.id))?.last_error !== null)
    mail = await aMailServer({ port })
    return { jobId: job!.id, mailId }
  }
  const retried = async () => (await house.db.owner.query("select person_id, detail from audit.event where action = 'jobs.retried'")).rows
  const retry = (by: SignedIn, id: string) => by.post('/console/jobs', { retry: id })

  test('shows with its reason and, let try again by a manager, does its work once; who did it is remembered', async () => {
    const { jobId, mailId } = await givenUp()
    const html = await (await manager.get('/console/jobs')).text()
    assert.match(html, /Has given up/)
    assert.match(html, new RegExp(`value="${jobId}" name="retry"`))
    assert.match(html, />Send an e-mail</)
    assert.equal((await read(jobId))!.max_attempts, 1)
    const answers = await Promise.all([1, 2, 3].map(() => retry(manager, jobId)))
    assert.deepEqual(answers.map(answer => answer.headers.get('location')), Array(3).fill('/console/jobs?said=retried'))
    await runUntil(async () => await read(jobId) === undefined)
    assert.equal(mail.received.filter(({ source }) => source.includes(mailId)).length, 1)
    assert.deepEqual((await retried())[0], { person_id: boss, detail: { job: Number(jobId) } })
    assert.equal((await retry(manager, jobId)).headers.get('location'), '/console/jobs?said=gone')
  })
  test('stays as it is for everybody else, whatever they send', async () => {
    const { jobId } = await givenUp()
    const before = [await read(jobId), (await retried()).length]
    const others = roles.filter(role => role !== 'manager')
    for (const role of others) {
      const staff = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role] })
      assert.equal((await retry(staff, jobId)).status, 403, role)
      assert.equal((await staff.get('/console/jobs')).status, 403, role)
    }
    const all = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: others })).personId, roles: others })
    assert.equal((await retry(all, jobId)).status, 403, 'all of them together')
    const weak = await signedInAs(house, { personId: boss, roles: ['manager'], isStrong: false })
    assert.equal((await retry(weak, jobId)).headers.get('location'), '/sign-in/second-factor')
    const patient = await signedInAs(house, { actingFor: randomUUID() })
    assert.equal((await retry(patient, jobId)).headers.get('location'), '/portal')
    const body = new URLSearchParams({ retry: jobId })
    assert.equal((await fetch(`${house.url}/console/jobs`, { method: 'POST', headers: { origin: house.url }, body, redirect: 'manual' })).headers.get('location'), '/sign-in')
    for (const origin of ['https://evil.example', 'null']) assert.equal((await fetch(`${house.url}/console/jobs`, { method: 'POST', headers: { cookie: manager.cookie, origin }, body, redirect: 'manual' })).status, 403)
    assert.equal((await fetch(`${house.url}/console/jobs?retry=${jobId}`, { headers: { cookie: manager.cookie } })).status, 200)
    assert.deepEqual([await read(jobId), (await retried()).length], before)
  })
  test('that is none, or runs just now, is not begun', async () => {
    for (const id of ['', 'x', '-1', '1.5', '9007199254740993', '1; drop table x', '0']) assert.equal((await retry(manager, id)).headers.get('location'), '/console/jobs?said=gone', id)
    const { promise, resolve } = Promise.withResolvers<void>()
    let runs = 0
    const slow = defineJob({ name: 'test.slow', run: async () => { runs++; await promise } })
    await inTransaction(house.visitor(), tx => enqueue(tx, 'test.slow', {}))
    const [job] = await asWorker<Row>("select id from graphile_worker.jobs where task_identifier = 'test.slow'")
    const worker = await startWorker(house.house, [slow], { workerUrl: house.db.workerUrl })
    for (let tries = 0; tries < 200 && runs === 0; tries++) await pause(20)
    assert.equal((await retry(manager, job!.id)).headers.get('location'), '/console/jobs?said=gone')
    await pause(300)
    resolve()
    await worker.stop()
    assert.equal(runs, 1)
  })
  test('is named in words on the page, whichever it is', async () => {
    await inTransaction(house.visitor(), async tx => { for (const { name } of [...jobs, { name: 'platform.backup' }]) await enqueue(tx, name, {}) })
    assert.doesNotMatch(await (await manager.get('/console/jobs')).text(), />(platform|accounts|work|records|practice)\.[\w.-]+</)
  })
})
