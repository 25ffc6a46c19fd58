import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { checkHouse } from '#platform/check-house.ts'
import { inTransaction } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { enqueue } from '#platform/jobs.ts'
import { backupJob } from '#platform/run-backup.ts'
import { closeMailLine } from '#platform/carry-mail.ts'
import { discardFile, storeFile } from '#platform/store-file.ts'
import { ensureKeys } from '#integrations/ehr-fhir-pull/signing-keys.ts'
import { keepText } from '#notices'
import { openTask, pageOnCall } from '#work'
import { jobs } from '#root/jobs.ts'
import { startWorker } from '#root/worker.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aMailServer, type MailServer } from '#test/mail-server.ts'
import { addSender } from '#integrations/ehr-hl7v2/keep-sender.ts'
import { receiveText } from '#integrations/ehr-hl7v2/receive-message.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { visitProofs, type Proof } from '#test/prove-visits.ts'

/** A patient with a row of a result that opens in a minute. */
async function aHeldResult(t: TestHouse, patientId: string = randomUUID()): Promise<string> {
  const now = t.house.now()
  await t.db.owner.query("insert into records.patient (id, name, updated_at) values ($1, 'Ana Reyes', $2) on conflict do nothing", [patientId, now])
  const { rows } = await t.db.owner.query("insert into records.resource (source, fhir_type, source_id) values ('lab', 'Observation', $1) returning id", [randomUUID()])
  await t.db.owner.query("insert into records.life (resource_id, patient_id, place, category, tier, bearing, arrived_at, final_at, opens_at, latest_at, held_by) values ($1, $2, 'result', 'routine', 0, 'normal', $3, $3, $4, $4, 'patient')",
    [rows[0].id, patientId, now, new Date(now.getTime() + 60_000)])
  return patientId
}

/** An EHR that is refused before anybody is asked. */
async function aConnection(t: TestHouse, isOn: boolean): Promise<string> {
  const { rows } = await t.db.owner.query(`insert into pull.connection (source, base_url, token_url, algorithm, scope_style, client_id, group_id, is_on, added_at)
    values ($1, 'https://127.0.0.1/fhir', 'https://127.0.0.1/token', 'ES384', 'v2', 'us', 'all', $2, $3) returning id`, [randomUUID(), isOn, t.house.now()])
  return rows[0].id
}

const aMessage = (number: string) => Buffer.from(`MSH|^~\\&|LAB|ACME|R|P|20261123090000||ORU^R01|${number}|P|2.5.1\rPID|1||${number}^^^EHR^MR||Marlowe^Ana||19720417|F\rOBR|1||${number}|2345-7^Glucose^LN|||20261123|||||||||||||||||||F\rOBX|1|NM|2345-7^Glucose^LN||90|mg/dL|70-99|N|||F`)

type Payload = Record<string, string>

describe('a job that comes twice', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-twice-'))
  let t: TestHouse
  let mail: MailServer
  before(async () => {
    mail = await aMailServer()
    t = await aHouse({ env: { BACKUP_DIR: folder, SMTP_URL: `smtp://127.0.0.1:${mail.port}` } })
    await checkHouse(t.db.owner, t.house.keys, { isDemo: false, now: t.house.now() })
  })
  after(async () => {
    closeMailLine(t.house)
    await t.close()
    await mail.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const all = () => [...jobs, backupJob({ owner: t.db.ownerUrl, worker: t.db.workerUrl })]
  const count = async (from: string, values: unknown[] = []) => Number((await t.db.owner.query(`select count(*) from ${from}`, values)).rows[0].count)
  const long = "'2026-01-01T00:00:00Z'"

  let lifeOf = '', mailId = '', fileId = '', taskId = '', made: string[] = [], letters = 0, counted = 0
  const proofs: Record<string, Proof> = {
    'notices.sweep': {
      async prepare() {
        await t.db.owner.query(`insert into notices.code (id, kind, address, code_hash, made_at, expires_at) values ($1, 'phone', '+18025550100', $2, ${long}, ${long})`, [randomUUID(), randomBytes(32)])
        return {}
      },
      done: () => count('notices.code'),
      once: 0,
    },
    'notices.watch': {
      async prepare() {
        lifeOf = randomUUID()
        await t.db.owner.query(`insert into platform.mail (patient_id, kind, to_address, subject, words, queued_at, failed_at) values ($1, 'visit-coming', 'a@b.example', 'x', '\\x00', ${long}, ${long})`, [lifeOf])
        return {}
      },
      done: () => count('work.task where patient_id = $1', [lifeOf]),
      once: 1,
    },
    'notices.hear': {
      async prepare() {
        lifeOf = (await inTransaction(t.system('notices.hear'), tx => keepText(tx, { vendorId: `SM${randomUUID()}`, from: '+18025550100', body: 'May I come today?' })))!
        return { heardId: lifeOf }
      },
      done: async () => [await count("work.task where kind = 'text-reply' and subject_id = $1", [lifeOf]), await count('platform.mail where dedupe = $1', [`answer:${lifeOf}`])],
      once: [1, 1],
    },
    'notices.ping': {
      async prepare() {
        const { patientId } = await aPatientPerson(t)
        lifeOf = patientId
        return { patientId }
      },
      done: () => count('platform.mail where patient_id = $1', [lifeOf]),
      once: 1,
    },
    'platform.sweep': {
      async prepare() {
        await t.db.owner.query(`insert into platform.idempotency (actor, key, body_hash, created_at) values ('x', $1, $2, ${long})`, [randomUUID(), randomBytes(32)])
        await t.db.owner.query(`insert into platform.rate_count values ('contact', $1, ${long}, 1), ('contact', $1, '2026-11-23T14:00:00Z', 1)`, [randomUUID()])
        counted++
        return {}
      },
      done: async () => [await count(`platform.idempotency where created_at <= ${long}`), await count(`platform.rate_count where window_start <= ${long}`), await count('platform.rate_count') - counted],
      once: [0, 0, 0],
    },
    'platform.sweep-files': {
      async prepare() {
        const ids = await inTransaction(t.system('practice.found'), async tx => [(await storeFile(tx, Buffer.from('gone'), { mediaType: 'text/plain' })).id, (await storeFile(tx, Buffer.from('kept'), { mediaType: 'text/plain' })).id])
        await inTransaction(t.system('practice.found'), tx => discardFile(tx, ids[0]!))
        await t.db.owner.query(`update platform.file set removed_at = ${long} where id = $1`, [ids[0]])
        fileId = ids[1]!
        return {}
      },
      done: async () => [await count('platform.file where removed_at is not null'), (await t.house.files.get(fileId)).toString()],
      once: [0, 'kept'],
    },
    'platform.send-mail': {
      async prepare() {
        const { id } = await inTransaction(t.visitor(), tx => queueMail(tx, { to: 'ana@example.com', subject: 'New', text: 'Sign in to read it.' }))
        mailId = id
        return { mailId: id }
      },
      done: async () => mail.received.filter(({ source }) => source.includes(mailId)).length,
      once: 1,
    },
    'accounts.sweep': {
      async prepare() {
        await t.db.owner.query(`insert into accounts.token (hash, purpose, expires_at, created_at) values ($1, 'half-way', ${long}, ${long}), ($2, 'half-way', '2026-11-24T00:00:00Z', ${long})`, [randomBytes(32), randomBytes(32)])
        letters++
        return {}
      },
      done: async () => [await count(`accounts.token where expires_at <= ${long}`), await count("accounts.token where purpose = 'half-way'") - letters],
      once: [0, 0],
    },
    'work.escalate': {
      async prepare() {
        taskId = await inTransaction(t.visitor(), tx => openTask(tx, { kind: 'contact', title: 'Overdue', pool: 'front-desk', dueAt: new Date(t.house.now().getTime() + 60_000) }))
        t.setNow(new Date(t.house.now().getTime() + 120_000))
        return {}
      },
      done: async () => [await count("work.task_step where task_id = $1 and step = 'escalated'", [taskId]), await count('work.task where id = $1', [taskId])],
      once: [1, 1],
    },
    'work.owners': {
      async prepare() {
        await aStaffPerson(t, { roles: ['clinician'] })
        taskId = await inTransaction(t.visitor(), tx => openTask(tx, { kind: 'result-review', title: 'Looks late', pool: 'clinician', dueAt: new Date(t.house.now().getTime() + 60_000) }))
        await aStaffPerson(t, { roles: ['clinician'] })
        t.setNow(new Date(t.house.now().getTime() + 120_000))
        return {}
      },
      done: async () => [await count("work.task_step where task_id = $1 and step = 'handed-over'", [taskId]), await count('work.task where id = $1 and owner_stage = 1', [taskId])],
      once: [1, 1],
    },
    'work.page': {
      async prepare() {
        await t.db.owner.query('update work.page set next_at = null')
        taskId = await inTransaction(t.system('records.import'), tx => pageOnCall(tx, { kind: 'critical-result', title: 'Call', body: '', subject: { type: 'life', id: randomUUID() } }))
        return {}
      },
      done: async () => [await count("work.task_step where task_id = $1 and step = 'paged'", [taskId]), await count('work.page where task_id = $1 and sent_count = 1', [taskId])],
      once: [1, 1],
    },
    'records.ending': {
      async prepare() {
        lifeOf = await aHeldResult(t)
        return {}
      },
      done: async () => [await count("work.task where patient_id = $1 and kind = 'hold-ends'", [lifeOf]), await count("work.task where patient_id = $1 and kind = 'hold-ends-owner'", [lifeOf]), await count('records.life where patient_id = $1 and ending_told_at is not null', [lifeOf])],
      once: [1, 1, 1],
    },
    'release.report': {
      async prepare() {
        const { rows: [finding] } = await t.db.owner.query("insert into release.finding (patient_id, life_id, danger, words, knows_patient, found_at, found_by, until) values (gen_random_uuid(), gen_random_uuid(), 'life', 'Why it is held back, in words.', true, $1, gen_random_uuid(), $1::timestamptz + interval '1 day') returning found_at", [t.house.now()])
        t.setNow(new Date(Date.UTC(finding.found_at.getUTCFullYear(), finding.found_at.getUTCMonth() + 1, 2, 12)))
        return {}
      },
      done: async () => [await count("work.task where kind = 'findings-report' and opened_at = $1", [t.house.now()]), await count('release.report where made_at = $1', [t.house.now()])],
      once: [1, 1],
    },
    'records.release': {
      async prepare() {
        const patientId = await aHeldResult(t)
        t.setNow(new Date(t.house.now().getTime() + 3_600_000))
        lifeOf = patientId
        return {}
      },
      done: async () => [await count('records.life where patient_id = $1 and released_at is not null', [lifeOf]), await count("audit.event where patient_id = $1 and action = 'results.released'", [lifeOf])],
      once: [1, 1],
    },
    'writing.file': {
      async prepare() {
        lifeOf = await aHeldResult(t)
        await t.db.owner.query("insert into writing.draft (patient_id, author_id, author_name, title, body, begun_at, changed_at, signed_at) values ($1, gen_random_uuid(), 'Ada', 'Visit note', 'All is well.', $2, $2, $2)", [lifeOf, t.house.now()])
        return {}
      },
      done: async () => [await count('records.note where patient_id = $1', [lifeOf]), await count('writing.draft where patient_id = $1 and filed_at is not null', [lifeOf])],
      once: [1, 1],
    },
    'writing.check-arrived': {
      async prepare() {
        const { personId } = await aStaffPerson(t, { name: 'Dr. Nell Harrow', roles: ['clinician'] })
        await t.db.owner.query("insert into practice.clinician (slug, name, role_en, place, person_id) values ('nell', 'Nell Harrow', 'Doctor', 1, $1) on conflict do nothing", [personId])
        lifeOf = await aHeldResult(t)
        const { rows } = await t.db.owner.query("insert into records.resource (source, fhir_type, source_id) values ('ehr', 'DocumentReference', $1) returning id", [randomUUID()])
        mailId = rows[0].id
        const body = { author: [{ display: 'Nell Harrow' }], content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Combative.').toString('base64') } }] }
        await t.db.owner.query("insert into records.note (resource_id, source, source_patient, patient_id, name, author, happened_at, status, is_fact, is_restricted, received_at, body) values ($1, 'ehr', $1, $2, 'Visit', 'Nell Harrow', $3, 'current', true, false, $3, $4)", [rows[0].id, lifeOf, t.house.now(), JSON.stringify(body)])
        return {}
      },
      done: async () => count('writing.arrived_note where resource_id = $1', [mailId]),
      once: 1,
    },
    'feeds.process': {
      async prepare() {
        await addSender(t.system('records.import'), { source: 'lab-a', facility: null, zone: 'America/New_York', numberSystem: null })
        mailId = randomUUID()
        await receiveText(t.house, aMessage(mailId), { source: 'lab-a', zone: 'America/New_York', numberSystem: null })
        return { source: 'lab-a' }
      },
      done: async () => [await count('feeds.message where done_at is null'), await count("records.patient where mrn = $1", [mailId]), await count('records.result r join records.patient p on p.id = r.patient_id where p.mrn = $1', [mailId])],
      once: [0, 1, 2],
    },
    'feeds.sweep': {
      async prepare() {
        await addSender(t.system('records.import'), { source: 'lab-b', facility: null, zone: 'America/New_York', numberSystem: null })
        mailId = randomUUID()
        await receiveText(t.house, aMessage(mailId), { source: 'lab-b', zone: 'America/New_York', numberSystem: null })
        return {}
      },
      done: async () => count("feeds.message where source = 'lab-b' and position($1 in convert_from(raw, 'UTF8')) > 0", [mailId]),   // it looks, and takes nothing away
      once: 1,
    },
    'feeds.watch': {
      async prepare() {
        await addSender(t.system('records.import'), { source: 'lab-c', facility: null, zone: 'America/New_York', numberSystem: null })
        t.setNow(new Date(t.house.now().getTime() + 14 * 86_400_000))
        return {}
      },
      done: async () => count("work.task t join feeds.sender s on s.id = t.subject_id where t.kind = 'feed-silent' and t.done_at is null and s.source = 'lab-c'"),
      once: 1,
    },
    'feedback.remind': {
      async prepare() {
        lifeOf = await aHeldResult(t)
        await aStaffPerson(t, { roles: ['clinician'] })
        const [sent, due] = [t.house.now(), new Date(t.house.now().getTime() + 3_600_000)]
        const { rows } = await t.db.owner.query(`insert into feedback.report (patient_id, sent_by, category, subject_type, subject_id, title, excerpt, kind, words, locale, sent_at, due_at)
          values ($1, gen_random_uuid(), 'results', 'result', gen_random_uuid(), 'A result', 'what it said', 'not-understood', 'What is this?', 'en', $2, $3) returning id`, [lifeOf, sent, due])
        taskId = rows[0].id
        t.setNow(new Date(t.house.now().getTime() + 1_900_000))
        counted = await count("platform.mail where subject like 'Rapport: somebody waits%'")
        return {}
      },
      done: async () => [await count('feedback.report where id = $1 and reminded = 1', [taskId]), Math.min(1, await count("platform.mail where subject like 'Rapport: somebody waits%'") - counted)],
      once: [1, 1],
    },
    ...visitProofs({ test: () => t, count }),
    'records.unopened': {
      async prepare() {
        lifeOf = await aHeldResult(t)
        await t.db.owner.query("update records.life set bearing = 'abnormal', released_at = $2 where patient_id = $1", [lifeOf, new Date(t.house.now().getTime() - 8 * 86_400_000)])
        return {}
      },
      done: async () => [await count("work.task where patient_id = $1 and kind = 'unopened-result'", [lifeOf]), await count('records.life where patient_id = $1 and unopened_asked_at is not null', [lifeOf])],
      once: [1, 1],
    },
    'records.orders': {
      async prepare() {
        lifeOf = await aHeldResult(t)
        await t.db.owner.query("insert into records.test_order (patient_id, source, name, ordered_at, expected_at, is_news) values ($1, 'rapport', 'Blood sugar', $2, $3, true)",
          [lifeOf, new Date(t.house.now().getTime() - 9 * 86_400_000), new Date(t.house.now().getTime() - 4 * 86_400_000)])
        return {}
      },
      done: async () => [await count("work.task where patient_id = $1 and kind = 'order-overdue'", [lifeOf]), await count('records.test_order where patient_id = $1 and asked_at is not null', [lifeOf])],
      once: [1, 1],
    },
    'records.file-orders': {
      async prepare() {
        lifeOf = await aHeldResult(t)
        await t.db.owner.query("insert into records.test_order (patient_id, source, name, ordered_at, expected_at, is_news) values ($1, 'rapport', 'Blood sugar', $2, $3, true)", [lifeOf, t.house.now(), new Date(t.house.now().getTime() + 86_400_000)])
        return {}
      },
      done: async () => [await count("records.fact where patient_id = $1 and kind = 'order'", [lifeOf]), await count("records.test_order where patient_id = $1 and filed_as = 'active' and resource_id is not null", [lifeOf])],
      once: [1, 1],
    },
    'records.tell': {
      async prepare() {
        const person = await aPatientPerson(t)
        lifeOf = await aHeldResult(t, person.patientId)
        await t.db.owner.query('update records.life set released_at = opens_at where patient_id = $1', [lifeOf])
        return { patientId: lifeOf }
      },
      done: async () => [await count("platform.mail where patient_id = $1 and kind = 'something-new'", [lifeOf]), await count('records.life where patient_id = $1 and told_at is not null', [lifeOf])],
      once: [1, 1],
    },
    'pull.step': {
      async prepare() {
        await ensureKeys(t.system('records.import'))
        const { rows } = await t.db.owner.query("insert into pull.run (connection_id, kind, begun_at, next_at) values ($1, 'by-hand', $2, $2) returning id", [await aConnection(t, false), t.house.now()])
        taskId = rows[0].id
        return {}
      },
      done: async () => [await count("pull.run where id = $1 and problem = 'private-address' and tries = 1", [taskId]), await count("audit.event where action = 'pull.ended' and $1 = any (ids)", [taskId])],
      once: [1, 1],
    },
    'pull.nightly': {
      async prepare() { taskId = await aConnection(t, true); return {} },
      done: async () => [await count('pull.run where connection_id = $1', [taskId])],
      once: [1],
    },
    'platform.backup': {
      async prepare() {
        await t.db.owner.query('truncate platform.backup_run')
        made = readdirSync(folder)
        t.setNow(new Date(t.house.now().getTime() + 60_000))
        return { askedAt: t.house.now().toISOString() }
      },
      done: async () => [readdirSync(folder).filter(name => !made.includes(name)).length, await count('platform.backup_run where finished_at is not null')],
      once: [1, 1],
    },
  }

  test('is proven here, whichever it is', () => assert.deepEqual(Object.keys(proofs).sort(), all().map(({ name }) => name).sort()))

  for (const [name, { prepare, done, once }] of Object.entries(proofs)) {
    const run = (payload: Payload) => { const job = all().find(one => one.name === name)!; return job.run({ ...t.system(name), actor: job.system(payload) }, payload) }
    test(`${name} one after the other does it once`, async () => {
      const payload = await prepare()
      await run(payload)
      assert.deepEqual(await done(), once)
      await run(payload)
      await run(payload)
      assert.deepEqual(await done(), once)
    })
    test(`${name} three at a time does it once; who is refused finds it done`, async () => {
      const payload = await prepare()
      const outcomes = await Promise.allSettled([run(payload), run(payload), run(payload)])
      assert.ok(outcomes.some(({ status }) => status === 'fulfilled'))
      assert.deepEqual(await done(), once)
      await run(payload)
      assert.deepEqual(await done(), once)
    })
    test(`${name} twice in the queue of two workers is done once, and the queue is empty after it`, async () => {
      const payload = await prepare()
      await inTransaction(t.visitor(), async tx => { for (let i = 0; i < 3; i++) await enqueue(tx, name, payload) })
      const workers = await Promise.all([1, 2].map(() => startWorker(t.house, all().map(job => ({ ...job, cron: '' })), { workerUrl: t.db.workerUrl })))
      try {
        for (let tries = 0; tries < 600 && await waiting() > 0; tries++) await pause(50)
      } finally {
        await Promise.all(workers.map(worker => worker.stop()))
      }
      assert.equal(await waiting(), 0)
      assert.deepEqual(await done(), once)
    })
  }
  async function waiting(): Promise<number> {
    const answers = await t.db.owner.query('set role rapport_worker; select count(*) from graphile_worker.jobs; reset role') as unknown as { rows: { count: string }[] }[]
    return Number(answers[1]!.rows[0]!.count)
  }
})
