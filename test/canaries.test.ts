import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { findIn, findInFolder, someCanaries } from '#test/canaries.ts'

const canaries = someCanaries()
const { note } = canaries

describe('a canary is seen', () => {
  const hidings: Record<string, string | Buffer> = {
    plainly: `{"msg":"${note}"}`,
    'in capitals': note.toUpperCase(),
    'in hex': Buffer.from(`x${note}`).toString('hex'),
    'in base64 at any place': Buffer.from(note).toString('base64'),
    'in base64 one byte on': Buffer.from(`x${note}`).toString('base64'),
    'in base64 two bytes on': Buffer.from(`xy${note}`).toString('base64'),
    'in base64 over several lines': Buffer.from(`Dear ${note}`).toString('base64').replace(/.{20}/g, '$&\r\n'),
    'in a mail that breaks its lines': `${note.slice(0, 9)}=\r\n${note.slice(9)}`,
    'in UTF-16': Buffer.from(note, 'utf16le'),
    compressed: gzipSync(note),
  }
  for (const [how, content] of Object.entries(hidings)) {
    test(how, () => assert.deepEqual(findIn(canaries, 'here', content), [{ canary: 'note', where: 'here' }]))
  }
  test('in files and in their names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-canary-'))
    try {
      writeFileSync(join(folder, canaries.name), note)
      assert.deepEqual(findInFolder(canaries, folder).map(sighting => sighting.canary), ['name', 'note'])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('another set is not mistaken for this one', () => {
  assert.deepEqual(findIn(canaries, 'here', Object.values(someCanaries()).join()), [])
})
