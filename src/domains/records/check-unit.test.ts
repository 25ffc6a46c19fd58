import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnit } from './check-unit.ts'

test('units of UCUM are known, with prefixes, exponents, annotations and brackets', () => {
  for (const unit of ['mg/dL', 'mm[Hg]', 'mmol/L', '{score}', 'kg/m2', 'fL', '%', '10*3/uL', '10^6/uL', 'mL/min/{1.73_m2}', 'pg', 'Cel', 'U/L', 'm[IU]/L', 'mL/min', '{T-score}', 's', 'd', '/min', '1', 'ms', '/[HPF]', '[degF]', '[lb_av]', '[in_i]', 'ug/mL{FEU}',
    'mg/(24.h)', '{cells}/uL', 'mosm/kg', 'meq/L', 'L/min/m2', 'cm[H2O]', 'kat/L', 'dag', 'm-1', 'wk', 'mo', 'a', '10*-6', 'g/(100.g)', 'nmol/h/mg{prot}', "[anti'Xa'U]/mL", '[pH]', '/100{WBC}', '{beats}/min']) assert.ok(isUnit(unit), unit)
})
test('what only looks like a unit is not', () => {
  for (const unit of ['furlongs', 'MG/DL', 'mmHg', '(score)', 'mg/', '/', '', 'mg//dL', 'k10*', 'mg dL', '{open', 'a)', '[no', 'm2m', 'k%', 'x'.repeat(200), '((((', '{a}{b}', '🜚', 'mg/dL;']) assert.ok(!isUnit(unit), unit)
})
test('a code of any length and depth takes no time', () => {
  const begun = performance.now()
  for (let n = 0; n < 2_000; n++) isUnit(`${'('.repeat(60)}${n}${')'.repeat(50)}`)
  assert.ok(performance.now() - begun < 500)
})
