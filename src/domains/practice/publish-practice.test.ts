import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPractice } from '#test/practice.ts'
import { comingNotice, currentNotice } from './choose-notice.ts'
import { draftNotice } from './draft-notice.ts'
import { listReminders } from './list-reminders.ts'
import { loadPractice } from './load-practice.ts'
import { postNotice } from './publish-notice.ts'
import { goLiveList, publishPractice, withdrawPractice } from './publish-practice.ts'
import { noticeKinds } from './shared.ts'
import { db } from './tables.ts'

let house: TestHouse
before(async () => {
  house = await aHouse({ now: '2026-11-23T15:00:00Z' })
  await aPractice(house, { notices: {}, isPublished: false })
})
after(() => house.close())
const manager = () => ctxOf(house.house, staffActor(['manager']))
const practice = async () => (await loadPractice(manager()))!

test('a practice cannot go online until every notice, the after-hours line and a backup target are there', async () => {
  const missing = (await goLiveList(manager(), { hasBackupTarget: false })).filter(({ isDone }) => !isDone).map(({ key }) => key)
  assert.deepEqual(missing, [...noticeKinds, 'backup'])
  const refused = await publishPractice(manager(), { hasBackupTarget: true })
  assert.ok(!refused.ok)
  assert.deepEqual(refused.missing.map(({ key }) => key), [...noticeKinds])
  assert.equal((await practice()).profile.publishedAt, null)
})

test('a draft knows the practice, and what it does not know cannot be posted', async () => {
  const draft = draftNotice('privacy-practices', await practice(), 'https://heron.example')
  assert.match(draft.en, /Heron Street Clinic/)
  assert.match(draft.es, /\(802\) 555-0199/)
  const posted = await postNotice(manager(), 'privacy-practices', { 'words-en': draft.en, 'words-es': draft.es, 'effective-on': '2026-01-01' })
  assert.ok(!posted.ok && posted.problems[''])
})

test('a notice needs both languages; a new version cannot hold for days that are over', async () => {
  const missing = await postNotice(manager(), 'accessibility', { 'words-en': 'Call us.', 'effective-on': '2026-11-23' })
  assert.ok(!missing.ok && missing.problems['words-es'])
  for (const kind of noticeKinds) assert.ok((await postNotice(manager(), kind, { 'words-en': `First ${kind}.`, 'words-es': `Primero ${kind}.`, 'effective-on': '2026-01-01' })).ok)
  const late = await postNotice(manager(), 'accessibility', { 'words-en': 'Second.', 'words-es': 'Segundo.', 'effective-on': '2026-11-22' })
  assert.ok(!late.ok && late.problems['effective-on'])
})

test('the old text holds until the day of the new one, and stays readable afterwards', async () => {
  assert.ok((await postNotice(manager(), 'accessibility', { 'words-en': 'Second.', 'words-es': 'Segundo.', 'effective-on': '2026-12-01' })).ok)
  const all = await practice()
  assert.equal(currentNotice(all, 'accessibility', '2026-11-30')?.version, 1)
  assert.equal(comingNotice(all, 'accessibility', '2026-11-30')?.version, 2)
  assert.equal(currentNotice(all, 'accessibility', '2026-12-01')?.version, 2)
  assert.equal(comingNotice(all, 'accessibility', '2026-12-01'), undefined)
  await assert.rejects(inTransaction(manager(), tx => db(tx).updateTable('practice.notice').set({ words_en: 'Never said.' }).execute()), /permission denied/)
})

test('with everything there the manager puts it online, and only the manager', async () => {
  await assert.rejects(async () => publishPractice(ctxOf(house.house, staffActor(['editor'])), { hasBackupTarget: true }), NotAllowed)
  assert.deepEqual(await publishPractice(manager(), { hasBackupTarget: true }), { ok: true })
  assert.ok((await practice()).profile.publishedAt)
  await withdrawPractice(manager())
  assert.equal((await practice()).profile.publishedAt, null)
})

test('a demo has nothing to go live with', async () => {
  const demo = { ...manager(), house: { ...house.house, isDemo: true } }
  assert.deepEqual(await goLiveList(demo), [])
})

test('reminds of what grows old and of what is not in Spanish yet', async () => {
  const all = await practice()
  assert.deepEqual(listReminders(all, '2026-11-23').map(({ href }) => href.split('/').at(-1)), ['holidays', 'clinicians', 'clinicians'])
  const stale = listReminders({ ...all, services: [{ id: '1', slug: 'x', name: { en: 'X', es: '' }, words: { en: 'x', es: '' } }] }, '2027-08-01')
  assert.deepEqual(stale.map(({ href }) => href.split('/').at(-1)), ['clinicians', 'plans', 'holidays', 'clinicians', 'clinicians', 'services'])
})
