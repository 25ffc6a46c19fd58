import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readReply } from './read-reply.ts'

const stops = `STOP|stop|Stop.|"STOP"|Stop please|please stop|STOP ALL|STOPALL|Quit|END|Revoke|OPT OUT|opt-out|Cancel|Unsubscribe|unsubscribe me|stop texting me|Stop sending me texts|please stop these messages|no more texts|No more messages please|don't text me|Don’t text me anymore|do not contact me again|I don't want these texts|I do not want to receive messages|dont send me any more reminders|take me off your list|remove me from this list|remove my number from your system|get me off this|leave me alone|quit texting|I revoke my consent|i withdraw my consent|opt me out|stop contacting me|Never text this number again|no longer want these messages
PARE|pare|Alto|ALTO|Basta|Parar|baja|deme de baja|Quiero darme de baja|no más|no más mensajes|No quiero más mensajes|ya no quiero recibir mensajes|no me manden mensajes|No me escriban más|dejen de mandarme mensajes|deje de escribirme|paren los mensajes|no me molesten|quíteme de la lista|bórrenme de su lista|Cancelar|déjenme en paz|ya no me manden textos|detener|no deseo recibir mensajes`.split(/[|\n]/)
const notStops = `When should I stop taking the pills?|Should I stop my medicine|can I stop by the office|I don't want to lose my visit|it won't stop bleeding|I have no more pills|Can you cancel my visit on Tuesday and give me another?|Me duele el pecho|¿Puedo parar la medicina?|no me siento bien|Do I stop eating before the test?|the bus stop is far|se acabó la medicina|I will end up late|Para mañana está bien`.split('|')

describe('what somebody means with a text', () => {
  test(`any reasonable words stop: ${stops.length} of them`, () => {
    assert.ok(stops.length >= 60, String(stops.length))
    for (const text of stops) assert.equal(readReply(text).is, 'stop', text)
  })
  test('what stops something else does not', () => { for (const text of notStops) assert.equal(readReply(text).is, 'other', text) })
  test('yes, in the words in which people say it', () => {
    for (const text of ['yes', 'Yes!', 'Y', 'sí', 'Si', 'SI.', 'ok', 'OK 👍', '👍🏽', 'okay thanks', 'C', 'confirmo', 'I’ll be there', 'ahí estaré', 'yes please', 'sí, gracias']) {
      const reply = readReply(text)
      assert.ok(reply.is === 'answers' && reply.answers.all === 'yes', text)
    }
    for (const text of ['no', 'N', 'I can’t make it', 'no puedo ir']) { const reply = readReply(text); assert.ok(reply.is === 'answers' && reply.answers.all === 'no', text) }
  })
  test('each, in whatever words stand around it, and no word more', () => {
    for (const text of ['yes to both', 'Both, yes', 'sí a las dos', 'both']) assert.deepEqual(readReply(text), { is: 'answers', answers: { yes: [], no: [], isEach: true, all: 'yes' } }, text)
    assert.deepEqual(readReply('no to both'), { is: 'answers', answers: { yes: [], no: [], isEach: true, all: 'no' } })
    for (const text of ['both yayaya', 'all of my pills', 'both yesno']) assert.equal(readReply(text).is, 'other', text)
  })
  test('which, by number or by name, and mixed', () => {
    const names = ['Ana', 'Leo']
    const of = (text: string) => { const reply = readReply(text, names); assert.equal(reply.is, 'answers', text); return reply.is === 'answers' && [reply.answers.yes, reply.answers.no, reply.answers.all] }
    for (const [text, wanted] of [['1', [[1], [], undefined]], ['1 2', [[1, 2], [], undefined]], ['1, 2', [[1, 2], [], undefined]], ['1 yes 2 no', [[1], [2], undefined]], ['yes to 1, no to 2', [[1], [2], undefined]], ['Ana yes, Leo no', [['Ana'], ['Leo'], undefined]], ['ana sí y leo no', [['Ana'], ['Leo'], undefined]],
      ['yes Ana no Leo', [['Ana'], ['Leo'], undefined]], ['both', [[], [], 'yes']], ['las dos', [[], [], 'yes']], ['Ana', [['Ana'], [], undefined]], ['no 2', [[], [2], undefined]]] as const) assert.deepEqual(of(text), wanted, text)
    assert.equal(readReply('1 is sick and has a fever', names).is, 'other')
  })
  test('start, help, a wrong number', () => {
    for (const text of ['START', 'unstop', 'Empezar']) assert.equal(readReply(text).is, 'start', text)
    for (const text of ['HELP', 'help!', 'Ayuda', 'info']) assert.equal(readReply(text).is, 'help', text)
    for (const text of ['wrong number', 'You have the wrong number', 'número equivocado']) assert.equal(readReply(text).is, 'wrong-number', text)
  })
  test('any text is read in no time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), text => { readReply(text, ['Ana']); return true }))
    const start = performance.now()
    for (const text of ['no me '.repeat(2_000), 'do not want '.repeat(2_000), 'stop '.repeat(5_000), `${'1 '.repeat(2_000)}`, `both ${'ya'.repeat(33)}q`, `${'a'.repeat(70)} all q`, `all ${'nope'.repeat(18)}q`, `both ${'yes confirm '.repeat(6)}q`]) readReply(text)
    assert.ok(performance.now() - start < 500)
  })
})
