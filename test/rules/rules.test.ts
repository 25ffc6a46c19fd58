import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '#platform/root.ts'

/**
 * The rules of results and notes told well: R on arrival and release, D on what is shown, N on notes. Each stands in the name of a test,
 * or docs/decisions/0008-rules-without-a-test.md says why it does not.
 */
const counts = { R: 22, D: 16, N: 16 } as const
const rules = Object.entries(counts).flatMap(([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`))

/** `R6`, `R6+`, and each of `R1, R2` and `D1–D4` in what a test or a group of tests is called. */
export function rulesIn(name: string): string[] {
  const spans = [...name.matchAll(/\b([RDN])(\d+)\s*(?:–|to)\s*(?:\1)?(\d+)\b/g)].flatMap(([, letter, from, to]) =>
    Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, step) => `${letter}${Number(from) + step}`))
  return [...spans, ...[...name.matchAll(/\b([RDN]\d+)\b/g)].map(([rule]) => rule)]
}

const nameOfTest = /\b(?:test|describe|it)(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g
const named = new Map<string, string[]>()
for (const file of globSync('{src,test,demo,bench}/**/*.{test,long}.{ts,tsx}', { cwd: root })) {
  if (file.startsWith('test/rules/')) continue
  for (const [, , name = ''] of readFileSync(join(root, file), 'utf8').matchAll(nameOfTest)) {
    for (const rule of rulesIn(name)) named.set(rule, [...(named.get(rule) ?? []), `${file}: ${name}`])
  }
}
const decision = readFileSync(join(root, 'docs/decisions/0008-rules-without-a-test.md'), 'utf8')
const excused = new Set([...decision.matchAll(/^\| ([RDN]\d+) \|/gm)].map(([, rule]) => rule!))

describe('the rules', () => {
  for (const rule of rules) {
    test(`${rule} has a test by its number, or a reason why not`, () => {
      const tests = named.get(rule) ?? []
      assert.ok(tests.length > 0 || excused.has(rule), `no test is called by ${rule}; write one, or a line in docs/decisions/0008-rules-without-a-test.md that says why not`)
      assert.ok(!(tests.length > 0 && excused.has(rule)), `${rule} has a test now (${tests[0]}): take its line out of the decision`)
    })
  }
  test('names of tests are read as they are meant', () => {
    assert.deepEqual(rulesIn('R6, R7+ nothing else holds'), ['R6', 'R7'])
    assert.deepEqual(rulesIn('D1–D3 in that order'), ['D1', 'D2', 'D3', 'D1', 'D3'])
    assert.deepEqual(rulesIn('a result from D1N22'), [])
  })
})
