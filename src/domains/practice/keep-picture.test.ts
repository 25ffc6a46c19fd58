import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPhoto, aPractice } from '#test/practice.ts'
import { addPicture, removePicture, shrinkPicture, sniffPicture } from './keep-picture.ts'
import { loadPictures } from './load-practice.ts'
import { saveStory } from './edit-profile.ts'

let house: TestHouse
before(async () => { house = await aHouse(); await aPractice(house) })
after(() => house.close())
const editor = () => ctxOf(house.house, staffActor(['editor']))
const words = { name: 'Front door', 'alt-en': 'A green door', 'alt-es': 'Una puerta verde' }

test('a photo loses its place and owner, and comes back in three formats and widths', async () => {
  const photo = await aPhoto(1600, 1200)
  assert.ok(photo.includes('SECRET-OWNER'))
  const saved = await addPicture(editor(), photo, words)
  assert.ok(saved.ok)
  const picture = (await loadPictures(editor())).get(saved.id)!
  assert.deepEqual([...new Set(picture.forms.map(({ format }) => format))].sort(), ['avif', 'jpeg', 'webp'])
  assert.deepEqual([...new Set(picture.forms.map(({ width }) => width))], [320, 640, 1280])
  assert.deepEqual([picture.width, picture.height, picture.name], [1280, 960, 'front-door'])
  for (const { fileId } of picture.forms) {
    const bytes = await house.house.files.get(fileId)
    assert.ok(!bytes.includes('SECRET-OWNER'))
    assert.equal((await sharp(bytes).metadata()).exif, undefined)
  }
})

test('a small picture is not blown up, and a clear background stays clear', async () => {
  const clear = await sharp({ create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer()
  const shrunk = await shrinkPicture(clear)
  assert.deepEqual(shrunk?.forms.map(({ width, format }) => `${format} ${width}`), ['avif 200', 'webp 200', 'png 200'])
})

test('what it is is read from the bytes, never from its name', async () => {
  assert.equal(sniffPicture(await aPhoto(80, 80)), 'jpeg')
  assert.equal(sniffPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')), undefined)
  assert.equal(sniffPicture(Buffer.from('GIF89a...............')), undefined)
  const saved = await addPicture(editor(), Buffer.from('<?php system($_GET[0]);                  '), words)
  assert.ok(!saved.ok && saved.problems.file)
})

test('refuses a cut-off file, a flood of pixels and a dot', async () => {
  const photo = await aPhoto()
  const flood = await sharp({ create: { width: 8_000, height: 7_000, channels: 3, background: '#fff' } }).png({ compressionLevel: 9 }).toBuffer()
  for (const bytes of [photo.subarray(0, photo.length / 2), flood, await aPhoto(20, 20)]) {
    const saved = await addPicture(editor(), bytes, words)
    assert.ok(!saved.ok && saved.problems.file)
  }
})

test('a picture without words for those who cannot see it is not taken', async () => {
  const saved = await addPicture(editor(), await aPhoto(), { name: 'Door' })
  assert.ok(!saved.ok && saved.problems['alt-en'])
})

test('the front desk cannot add one', async () => {
  await assert.rejects(addPicture(ctxOf(house.house, staffActor(['front-desk'])), await aPhoto(), words), NotAllowed)
})

test('a picture that a page shows cannot be removed; after it is replaced, it can, and its files go', async () => {
  const saved = await addPicture(editor(), await aPhoto(), words)
  assert.ok(saved.ok)
  const promise = { 'promise-en': 'Come in', 'front-picture': saved.id }
  assert.ok((await saveStory(editor(), promise)).ok)
  assert.deepEqual(await removePicture(editor(), saved.id), { ok: false, reason: 'in-use' })
  assert.ok((await saveStory(editor(), { 'promise-en': 'Come in' })).ok)
  assert.deepEqual(await removePicture(editor(), saved.id), { ok: true })
  const { rows } = await house.db.owner.query('select count(*)::int as count from platform.file where removed_at is not null')
  assert.equal(rows[0].count, 9)
  assert.equal(await inTransaction(editor(), async tx => (await loadPictures(tx)).has(saved.id)), false)
})
