import assert from 'node:assert/strict'

export type Line = { name: string; params: Record<string, string>; value: string }
export type Part = { kind: string; lines: Line[]; parts: Part[] }

/** Reads an iCalendar stream and takes nothing that RFC 5545 does not: CRLF, 75 bytes a line, no letter cut in two, parts that close, once what may stand once. */
export function readCalendarText(text: string): Part {
  assert.ok(text.endsWith('\r\n') && !/(?<!\r)\n|\r(?!\n)/.test(text), 'lines end in CRLF (3.1)')
  const raw = text.slice(0, -2).split('\r\n')
  for (const line of raw) {
    assert.ok(Buffer.byteLength(line) <= 75, `more than 75 bytes: ${line}`)
    // oxlint-disable-next-line no-control-regex
    assert.ok(!/[\u0000-\u0008\u000a-\u001f\u007f\ufffd]/.test(line), `a control: ${JSON.stringify(line)}`)
  }
  const lines = text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n').map(readLine)
  const stack: Part[] = [{ kind: '', lines: [], parts: [] }]
  for (const line of lines) {
    const last = stack.at(-1)!
    if (line.name === 'BEGIN') { const part = { kind: line.value, lines: [], parts: [] }; last.parts.push(part); stack.push(part) }
    else if (line.name === 'END') { assert.equal(line.value, last.kind); stack.pop() }
    else last.lines.push(line)
  }
  assert.equal(stack.length, 1, 'every part is closed')
  const [calendar] = stack[0]!.parts
  assert.equal(calendar!.kind, 'VCALENDAR')
  for (const name of ['VERSION', 'PRODID']) one(calendar!, name)
  for (const event of calendar!.parts.filter(part => part.kind === 'VEVENT')) checkEvent(event, calendar!)
  return calendar!
}

function readLine(line: string): Line {
  const found = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/.exec(line)
  assert.ok(found, `no content line: ${line}`)
  const params = Object.fromEntries([...found[2]!.matchAll(/;([A-Z0-9-]+)=("[^"]*"|[^";:,]*)/g)].map(([, name, value]) => [name!, value!.replaceAll('"', '')]))
  return { name: found[1]!, params, value: found[3]! }
}

export function one(part: Part, name: string): Line {
  const found = part.lines.filter(line => line.name === name)
  assert.equal(found.length, 1, `${name} once in ${part.kind}, and it stands ${found.length} times`)
  return found[0]!
}

/** A text value as it was before it was escaped. */
export const textOf = (part: Part, name: string): string => {
  const { value } = one(part, name)
  assert.ok(!/(?<!\\)(?:\\\\)*[,;]/.test(value), `not escaped: ${value}`)
  return value.replace(/\\([\\;,nN])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter))
}

function checkEvent(event: Part, calendar: Part): void {
  for (const name of ['UID', 'SEQUENCE', 'STATUS', 'SUMMARY']) one(event, name)
  assert.match(one(event, 'DTSTAMP').value, /^\d{8}T\d{6}Z$/)
  assert.match(one(event, 'SEQUENCE').value, /^\d+$/)
  for (const name of ['DTSTART', 'DTEND']) {
    const { value, params } = one(event, name)
    assert.match(value, /^\d{8}T\d{6}$/)
    assert.ok(calendar.parts.some(part => part.kind === 'VTIMEZONE' && one(part, 'TZID').value === params.TZID), `the zone ${params.TZID} comes along (3.2.19)`)
  }
  assert.ok(instantOf(event, calendar, 'DTEND') > instantOf(event, calendar, 'DTSTART'))
}

/** The instant that a reader makes of it who knows nothing of zones but what the calendar itself says. */
export function instantOf(event: Part, calendar: Part, name: 'DTSTART' | 'DTEND'): number {
  const { value, params } = one(event, name)
  const zone = calendar.parts.find(part => part.kind === 'VTIMEZONE' && one(part, 'TZID').value === params.TZID)!
  const wall = (text: string) => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'))
  const offset = (text: string) => { const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(text)!; return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 }
  const last = zone.parts.filter(part => wall(one(part, 'DTSTART').value) <= wall(value)).sort((a, b) => wall(one(a, 'DTSTART').value) - wall(one(b, 'DTSTART').value)).at(-1)
  assert.ok(last, 'a rule of the zone is in force')
  return wall(value) - offset(one(last, 'TZOFFSETTO').value)
}
