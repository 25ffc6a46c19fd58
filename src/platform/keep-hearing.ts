import pg from 'pg'
import { errorFields, type Log } from '#platform/log.ts'

/** What listens to one channel. `opened` runs with each new line, before anything is heard on it: what was said while there was none is lost. */
export type Ear = { channel: string; opened: (line: pg.Client) => void | Promise<void>; heard: (payload: string) => void; lost: () => void }
export type Hearing = { ready: Promise<void>; stop: () => Promise<void> }

/** How often a silent line is tried: one that a network forgot reports nothing by itself. One that was lost is asked for often: open screens wait for it. */
const [tryEveryMs, tryMostMs, againMs] = [20_000, 5_000, 200]

async function openLine(line: pg.Client, ears: readonly Ear[]): Promise<void> {
  line.on('notification', ({ channel, payload }) => ears.find(ear => ear.channel === channel)?.heard(payload ?? ''))
  await line.connect()
  await line.query(ears.map(ear => `listen ${ear.channel}`).join('; '))
  for (const ear of ears) await ear.opened(line)
}

/** The one connection of this process that listens to the database, for all who want to hear. It comes back by itself. */
export function keepHearing({ url, ears, log }: { url: string; ears: readonly Ear[]; log: Log }): Hearing {
  let isStopped = false
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined

  async function listen(): Promise<void> {
    const line = new pg.Client({ connectionString: url, application_name: 'rapport listener', keepAlive: true, connectionTimeoutMillis: 5_000, query_timeout: tryMostMs })
    client = line
    let trying: NodeJS.Timeout | undefined
    const lost = (error?: Error) => {
      clearInterval(trying)
      if (client !== line) return
      client = undefined
      for (const ear of ears) ear.lost()
      if (isStopped) return
      if (error) log.warn('listener lost', errorFields(error))
      line.end().catch(() => {})
      again = setTimeout(() => void listen(), againMs)
    }
    line.on('error', lost)
    line.on('end', () => lost())
    try {
      await openLine(line, ears)
      trying = setInterval(() => void line.query('select 1').catch(lost), tryEveryMs)
    } catch (error) {
      lost(error as Error)
    }
  }
  const ready = listen()
  return {
    ready,
    async stop() {
      isStopped = true
      clearTimeout(again)
      const line = client
      if (!line) return
      for (const ear of ears) ear.lost()
      await line.end().catch(() => {})
    },
  }
}
