import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gsmLength, toGsm } from '#platform/gsm.ts'

test('a text is put into the letters of one text, so that it is one', () => {
  assert.equal(toGsm('Clínica Peñón: su cita es a las 9:30\u202fAM…'), 'Clinica Peñon: su cita es a las 9:30 AM...')
  assert.equal(toGsm('¿Sí? “ok” – É é ü'), '¿Si? "ok" - É é ü')
  assert.equal(toGsm('Nin\u0303o 日本 👍'), 'Niño ?? ?')
  assert.deepEqual([gsmLength('abc'), gsmLength('[a]€'), gsmLength('á')], [3, 7, undefined])
})
test('whatever comes, it fits in', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => { assert.notEqual(gsmLength(toGsm(text)), undefined); assert.equal(toGsm(toGsm(text)), toGsm(text)) }))
})
