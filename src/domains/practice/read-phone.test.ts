import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freeSlug, makeSlug } from './make-slug.ts'
import { phoneWords, readPhone } from './read-phone.ts'

test('reads a telephone number however it is written', () => {
  for (const typed of ['8025550100', '(802) 555-0100', '802.555.0100', '1 802 555 0100', '+1 802-555-0100']) assert.equal(readPhone(typed), '+18025550100', typed)
  assert.equal(readPhone('+44 20 7946 0000'), '+442079460000')
})

test('refuses what cannot be dialled', () => {
  for (const typed of ['', '555-0100', 'call us', '802 555 0100 ext 4', '(002) 555-0100', '<script>']) assert.equal(readPhone(typed), undefined, typed)
})

test('writes a number as people read it', () => assert.equal(phoneWords('+18025550100'), '(802) 555-0100'))

test('a name becomes an address without its accents and its title', () => {
  assert.equal(makeSlug('Dr. Tomás Valdemora'), 'tomas-valdemora')
  assert.equal(makeSlug('Ñandú & Niños — Care!'), 'nandu-ninos-care')
  assert.equal(makeSlug('李'), 'page')
  assert.equal(freeSlug('Ada', ['ada', 'ada-2']), 'ada-3')
})
