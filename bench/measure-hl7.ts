import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Frames, frame } from '#integrations/ehr-hl7v2/frame-messages.ts'
import type { Figure } from './figure.ts'
import { openHouse, type BenchHouse } from './house.ts'

const freePort = () => new Promise<number>(resolve => { const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address() as AddressInfo; server.close(() => resolve(port)) }) })
const stamp = () => `${new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14)}+0000`
const message = (number: number) => [
  `MSH|^~\\&|LAB|BENCH|R|P|${stamp()}||ORU^R01|C${number}|P|2.5.1`, `PID|1||B${number}^^^BENCH^MR||Sample^Person${number}||19720417|F`, `OBR|1||F${number}|51990-0^Basic metabolic panel^LN|||${stamp()}|||||||||||||||${stamp()}|||F`,
  ...['2345-7^Glucose', '2160-0^Creatinine', '3094-0^Urea', '2951-2^Sodium', '2823-3^Potassium'].map((test, i) => `OBX|${i + 1}|NM|${test}^LN||${80 + i}|mg/dL|70-99|N|||F`),
].join('\r')

/** One line to the house. `send` resolves when the message is acknowledged. */
function aLine(port: number): Promise<{ send: (text: string) => Promise<void>; socket: Socket }> {
  const frames = new Frames()
  const waiting: (() => void)[] = []
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve({ socket, send: text => new Promise(done => { waiting.push(done); socket.write(frame(text)) }) }))
    socket.once('error', reject)
    socket.on('data', (piece: Buffer) => { for (const one of frames.take(piece) as Buffer[]) { if (!one.includes('MSA|AA')) throw new Error(one.toString()); waiting.shift()!() } })
  })
}

async function drained(house: BenchHouse): Promise<void> {
  for (;;) {
    const { rows } = await house.owner.query('select count(*)::int as n from feeds.message where done_at is null')
    if (rows[0].n === 0) return
    await wait(200)
  }
}

/** Laboratory messages over MLLP, each a person and a panel of five tests: how soon they show, and how fast what has piled up is put away. */
export async function measureHl7({ quick }: { quick: boolean }): Promise<Figure[]> {
  const port = await freePort()
  const house = await openHouse({ env: { HL7_PORT: String(port) } })
  try {
    await house.owner.query("insert into feeds.sender (source, facility, zone, added_at) values ('bench', 'BENCH', 'UTC', now())")
    const line = await aLine(port)
    const [seconds, backlog] = quick ? [10, 300] : [60, 5_000]
    let number = 0
    for (const begun = performance.now(); number < 20 * seconds; number++) {
      await wait(Math.max(0, begun + number * 50 - performance.now()))
      void line.send(message(number))
    }
    await drained(house)
    const { rows: [late] } = await house.owner.query(`
      select percentile_disc(0.99) within group (order by extract(epoch from r.visible_at - m.received_at)) as p99, count(*)::int as n
      from feeds.message m
      join records.patient p on p.mrn = substring(convert_from(m.raw, 'UTF8') from 'PID\\|1\\|\\|([^^]+)')
      join records.result r on r.patient_id = p.id and r.kind = 'report'`)
    const acknowledged: Promise<void>[] = []
    const begun = performance.now()
    for (let i = 0; i < backlog; i++, number++) acknowledged.push(line.send(message(number)))
    await Promise.all(acknowledged)
    const kept = performance.now()
    await drained(house)
    const ended = performance.now()
    line.socket.end()
    const { rows: [all] } = await house.owner.query("select count(*)::int as n from records.result where source = 'bench' and kind = 'report'")
    return [
      { name: 'HL7: from arrival to visible, 99th percentile at 20 messages/s', value: Number(late.p99), unit: 's', limit: 60, isBetterHigh: false, note: `${late.n} of ${20 * seconds} messages, six results each` },
      { name: 'HL7: kept and acknowledged', value: backlog * 1_000 / (kept - begun), unit: 'messages/s', limit: 20, isBetterHigh: true },
      { name: 'HL7: a backlog put away', value: backlog * 1_000 / (ended - begun), unit: 'messages/s', limit: 20, isBetterHigh: true, note: `${backlog} messages, their arrival counted` },
      { name: 'HL7: lost', value: number - all.n, unit: 'messages', limit: 0, isBetterHigh: false },
    ]
  } finally {
    await house.close()
  }
}
