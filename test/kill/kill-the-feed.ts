import assert from 'node:assert/strict'
import { createServer, connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Frames, frame } from '#integrations/ehr-hl7v2/frame-messages.ts'
import { HouseToKill, inFolder, seeded } from './house-to-kill.ts'

const freePort = () => new Promise<number>(resolve => { const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address() as AddressInfo; server.close(() => resolve(port)) }) })
const message = (number: number) => `MSH|^~\\&|LAB|ACME|R|P|20261123090000+0000||ORU^R01|C${number}|P|2.5.1\rPID|1||K${number}^^^K^MR||Sample^Person${number}||19720417|F\rOBR|1||F${number}|2345-7^Glucose^LN|||20261123\rOBX|1|NM|2345-7^Glucose^LN||${number % 200}|mg/dL|70-99|N|||F`

/** Sends what is not acknowledged yet over one line, twenty on their way at a time, until the line breaks or all is. */
function sendSome(port: number, left: Set<number>): Promise<void> {
  return new Promise(resolve => {
    const [queue, underWay, frames] = [[...left], [] as number[], new Frames()]
    const socket = connect(port, '127.0.0.1', () => fill())
    const fill = () => {
      while (underWay.length < 20 && queue.length > 0) { const next = queue.shift()!; underWay.push(next); socket.write(frame(message(next))) }
      if (underWay.length === 0) socket.end()
    }
    socket.on('data', (piece: Buffer) => {
      for (const one of frames.take(piece) as Buffer[]) { assert.match(one.toString(), /MSA\|AA/); left.delete(underWay.shift()!) }
      fill()
    })
    socket.on('error', () => {})
    socket.once('close', () => resolve())
  })
}

/** A laboratory sends, and sends again what it got no answer for, while the server is killed at random moments. In the end each result is there once. */
export function killTheFeed({ kills, messages, seed }: { kills: number; messages: number; seed: number }): Promise<{ kills: number; inTheRecord: number; kept: number }> {
  return inFolder(async folder => {
    const [port, random] = [await freePort(), seeded(seed)]
    const house = new HouseToKill(join(folder, 'data'), { HL7_PORT: String(port) })
    try {
      await house.start()
      const ask = (query: string): Promise<number> => house.asOwner(async owner => (await owner.query<{ n: number }>(query)).rows[0]?.n ?? 0)
      await ask("insert into feeds.sender (source, facility, zone, added_at) values ('acme', 'ACME', 'UTC', now())")
      const left = new Set(Array.from({ length: messages }, (_, number) => number))
      for (let killed = 0; killed < kills; killed++) {
        const sending = sendSome(port, left)
        await wait(300 + random() * 1_500)
        await house.child!.kill('SIGKILL')
        await sending
        await house.start()
      }
      while (left.size > 0) await sendSome(port, left)
      while (await ask('select count(*)::int as n from feeds.message where done_at is null') > 0) await wait(500)
      const kept = await ask('select count(*)::int as n from feeds.message')
      assert.equal(await ask("select count(*)::int as n from records.result where source = 'acme' and kind = 'test'"), messages)
      return { kills, kept, inTheRecord: await ask("select count(distinct p.mrn)::int as n from records.result r join records.patient p on p.id = r.patient_id where r.source = 'acme' and r.kind = 'report'") }
    } finally {
      await house.close()
    }
  })
}
