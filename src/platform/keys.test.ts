import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { CannotOpen, KeyProblem, keyFileOf, makeKeys, placeOf, readOrMakeKey } from '#platform/keys.ts'

const old = randomBytes(32)
const fresh = randomBytes(32)
const keys = makeKeys(old)
const place = placeOf('accounts.totp', 'secret', 'row-1')

describe('a sealed value', () => {
  test('opens where it was sealed', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.string(), (bytes, purpose, aad) => {
      const plain = Buffer.from(bytes)
      assert.deepEqual(keys.open(purpose, aad, keys.seal(purpose, aad, plain)), plain)
    }))
  })
  test('is never the same twice and does not show its text', () => {
    const plain = Buffer.from('JBSWY3DPEHPK3PXP')
    const [one, two] = [keys.seal('totp', place, plain), keys.seal('totp', place, plain)]
    assert.notDeepEqual(one, two)
    assert.equal(one.includes(plain), false)
  })
  test('opens in no other row, for no other purpose, under no other key', () => {
    const sealed = keys.seal('totp', place, Buffer.from('secret'))
    assert.throws(() => keys.open('totp', placeOf('accounts.totp', 'secret', 'row-2'), sealed), CannotOpen)
    assert.throws(() => keys.open('tokens', place, sealed), CannotOpen)
    assert.throws(() => makeKeys(fresh).open('totp', place, sealed), CannotOpen)
  })
  test('is refused when any bit of it was changed, or it was cut', () => {
    const sealed = keys.seal('totp', place, Buffer.from('secret'))
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1 << (at % 8)
      assert.throws(() => keys.open('totp', place, changed), CannotOpen, `byte ${at}`)
      assert.throws(() => keys.open('totp', place, sealed.subarray(0, at)), CannotOpen, `cut at ${at}`)
    }
  })
})

describe('after a rotation', () => {
  const both = makeKeys([fresh, old])
  test('the newest key seals and every key opens', () => {
    assert.equal(both.fingerprint, makeKeys(fresh).fingerprint)
    assert.deepEqual(both.fingerprints, [makeKeys(fresh).fingerprint, keys.fingerprint])
    assert.equal(both.open('totp', place, keys.seal('totp', place, Buffer.from('old'))).toString(), 'old')
    assert.equal(makeKeys(fresh).open('totp', place, both.seal('totp', place, Buffer.from('new'))).toString(), 'new')
  })
  test('what was recognised before still is', () => {
    assert.deepEqual(both.mac('token', 'a'), makeKeys(fresh).mac('token', 'a'))
    assert.deepEqual(both.macs('token', 'a'), [makeKeys(fresh).mac('token', 'a'), keys.mac('token', 'a')])
    assert.notDeepEqual(keys.mac('token', 'a'), keys.mac('other', 'a'))
  })
})

test('keys show their secret nowhere', () => {
  const shown = inspect(keys, { depth: 9, showHidden: true }) + JSON.stringify(keys)
  for (const form of ['hex', 'base64', 'latin1'] as const) assert.equal(shown.includes(old.toString(form)), false)
})

describe('the key file', () => {
  const inFolder = (work: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-keys-'))
    try { work(folder) } finally { rmSync(folder, { recursive: true }) }
  }
  test('is made once, for its owner alone, and read again', () => inFolder(folder => {
    const made = readOrMakeKey(folder, { mayMake: true })
    assert.equal(statSync(keyFileOf(folder)).mode & 0o777, 0o600)
    assert.equal(readOrMakeKey(folder, { mayMake: true }).fingerprint, made.fingerprint)
  }))
  test('that is missing is not made where a database was made with another', () => inFolder(folder => {
    assert.throws(() => readOrMakeKey(folder), KeyProblem)
  }))
  test('that others may read is closed to them', () => inFolder(folder => {
    readOrMakeKey(folder, { mayMake: true })
    chmodSync(keyFileOf(folder), 0o644)
    readOrMakeKey(folder)
    assert.equal(statSync(keyFileOf(folder)).mode & 0o777, 0o600)
  }))
  test('takes a newer key on its first line', () => inFolder(folder => {
    const before = readOrMakeKey(folder, { mayMake: true })
    const path = keyFileOf(folder)
    writeFileSync(path, `${fresh.toString('base64')}\n${readFileSync(path, 'utf8')}`)
    assert.deepEqual(readOrMakeKey(folder).fingerprints, [makeKeys(fresh).fingerprint, before.fingerprint])
  }))
  test('that is damaged stops the start', () => inFolder(folder => {
    readOrMakeKey(folder, { mayMake: true })
    const path = keyFileOf(folder)
    for (const damage of ['', '# nothing\n', 'short\n', `${old.toString('base64').slice(0, -3)}\n`, `${old.toString('base64')}x\n`]) {
      writeFileSync(path, damage)
      assert.throws(() => readOrMakeKey(folder, { mayMake: true }), KeyProblem, JSON.stringify(damage))
    }
  }))
})
