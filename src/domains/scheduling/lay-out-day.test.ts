import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { drawnSpan, layOut } from './lay-out-day.ts'

const minute = 60_000
const span = (from: number, to: number) => ({ from: from * minute, to: to * minute })
const visit = (name: string, from: number, to: number) => ({ name, startsAt: new Date(from * minute), endsAt: new Date(to * minute) })
const draw = (column: Parameters<typeof layOut<ReturnType<typeof visit>>>[0]) =>
  layOut(column, span(0, 120), 15 * minute).map(cell => `${cell.kind === 'visits' ? cell.visits.map(one => one.name).join('+') : cell.kind} ${cell.row}–${cell.row + cell.rows}`)

describe('a column of the day', () => {
  test('says free, taken, kept free and no hours, from top to bottom', () => {
    assert.deepEqual(draw({ hours: [span(15, 105)], blocks: [span(60, 75)], visits: [visit('Ana', 30, 50)] }), ['off 0–1', 'free 1–2', 'Ana 2–4', 'blocked 4–5', 'free 5–7', 'off 7–8'])
  })
  test('puts visits that share a row beside each other', () => {
    assert.deepEqual(draw({ hours: [span(0, 120)], blocks: [], visits: [visit('Ana', 0, 30), visit('Ben', 15, 45), visit('Cleo', 50, 60)] }), ['Ana+Ben 0–3', 'Cleo 3–4', 'free 4–8'])
  })
  test('has each row once and each visit once, whatever there is', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 110 }), fc.integer({ min: 1, max: 60 })).map(([from, length]) => [from, from + length] as const), { maxLength: 6 })
    fc.assert(fc.property(some, some, some, (hours, blocks, visits) => {
      const cells = layOut({ hours: hours.map(([a, b]) => span(a, b)), blocks: blocks.map(([a, b]) => span(a, b)), visits: visits.map(([a, b], index) => visit(String(index), a, b)) }, span(0, 120), 15 * minute)
      assert.deepEqual(cells.flatMap(cell => Array.from({ length: cell.rows }, (_, index) => cell.row + index)), [0, 1, 2, 3, 4, 5, 6, 7])
      assert.deepEqual(cells.flatMap(cell => (cell.kind === 'visits' ? cell.visits.map(one => Number(one.name)) : [])).sort((a, b) => a - b), visits.map((_, index) => index))
    }))
  })
  test('is drawn from the first to the last of all, in whole hours', () => {
    assert.deepEqual(drawnSpan([{ hours: [span(70, 100)], blocks: [], visits: [visit('Ana', 130, 190)] }], span(0, 1)), span(60, 240))
    assert.deepEqual(drawnSpan([], span(480, 1020)), span(480, 1020))
  })
})
