import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import { hashPassword, isPassword, passwordProblem } from './check-password.ts'

const alone = (password: string, own: string[] = []) => passwordProblem(password, { hasSecondFactor: false, own })
const withFactor = (password: string) => passwordProblem(password, { hasSecondFactor: true, own: [] })
/** Letters without order, as long as wanted. */
const long = (length: number) => randomBytes(200).toString('base64').slice(0, length - 1) + '§'

describe('what makes a password good', () => {
  test('fifteen characters, or twelve beside a second factor; a hundred and twenty-eight at most', () => {
    assert.deepEqual([alone(long(14)), alone(long(15))], ['too-short', undefined])
    assert.deepEqual([withFactor(long(11)), withFactor(long(12))], ['too-short', undefined])
    assert.deepEqual([alone(long(128)), alone(long(129)), withFactor(long(129))], [undefined, 'too-long', 'too-long'])
    assert.equal(alone(''), 'too-short')
  })

  test('what a person sees as one character is one, and no kind of character is asked for', () => {
    assert.equal(alone('🐟🐦🌿🍂🌊'.repeat(2) + '🐟🐦🌿🍂'), 'too-short')
    assert.equal(alone('e\u0301'.repeat(7) + 'abcdefg'), 'too-short')
    for (const good of ['four green herons wade', 'cuatro garzas verdes vadean', '    quiet owls at night    ', '日本の朝は静かで青い空が広がる']) assert.equal(alone(good), undefined, good)
  })

  test('every breached password of the list is refused, small or large, with digits around it or the marks of a keyboard', () => {
    const list = ((dictionary as Record<string, readonly (string | number)[]>)['passwords-common'] ?? []).map(String)
    assert.ok(list.length > 20_000, `${list.length}`)
    const longOnes = list.filter(word => word.length >= 12)
    assert.ok(longOnes.length > 10, `${longOnes.length}`)
    for (const word of longOnes) {
      assert.equal(withFactor(word), 'too-common', word)
      assert.equal(withFactor(word.toUpperCase()), 'too-common', word)
    }
    for (const word of ['password', 'sunshine', 'iloveyou', 'football']) {
      assert.ok(list.includes(word))
      for (const padded of [`${word}1234567890`, `12345678${word}`, `1999-${word}-2026!!`, `${word}${word}${word}`]) assert.equal(alone(padded), 'too-common', padded)
    }
  })

  test('obvious ones are refused: runs, repeats, few letters', () => {
    for (const password of ['aaaaaaaaaaaaaaaaaaaa', 'abababababababab', 'abcabcabcabcabc', '012345678901234', '543210987654321', '123456789012345', '1234567890qwerty', 'wxyzabcdefghijk', '0123456789abcdef', 'qwertyuiopasdfgh', 'abcdefghijklmnopq', 'zyxwvutsrqponmlk', '               ', '---------------']) {
      assert.ok(['too-common', 'too-short'].includes(alone(password)!), password)
    }
  })

  test('one’s own name or mailbox with little more is refused', () => {
    assert.equal(alone('marisolreyes1984', ['Marisol Reyes', 'x@y.example']), 'holds-your-name')
    assert.equal(alone('Marisol-Marisol-1', ['Marisol Reyes']), 'holds-your-name')
    assert.equal(alone('heronwatcher2026', ['Ana', 'heronwatcher@patient.example']), 'holds-your-name')
    assert.equal(alone('marisol wades with four green herons', ['Marisol Reyes']), undefined)
  })
})

describe('how it is kept', () => {
  test('as Argon2id with its cost and its own salt, whatever form the letters came in', async () => {
    const [one, two] = [await hashPassword('piñas verdes en la orilla'), await hashPassword('piñas verdes en la orilla')]
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.notEqual(one, two)
    assert.ok(await isPassword(one, 'piñas verdes en la orilla'.normalize('NFD')))
    assert.equal(await isPassword(one, 'pinas verdes en la orilla'), false)
  })

  test('where there is none, nothing is right: not even what the decoy is made of', async () => {
    for (const stored of [null, undefined]) assert.equal(await isPassword(stored, 'a password that nobody has'), false)
    assert.equal(await isPassword('not a hash', 'not a hash'), false)
    assert.equal(await isPassword(await hashPassword(long(128)), 'x'.repeat(1_000_000)), false)
  })
})
