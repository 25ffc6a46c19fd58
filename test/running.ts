import { listen, type Listening } from '#platform/listen.ts'
import { shell } from '#home/shell.tsx'
import { makeWeb } from '#root/web.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

/** A house that answers on a free port of this machine. */
export type RunningHouse = TestHouse & { url: string; listening: Listening }

export async function aRunningHouse(options: Parameters<typeof aHouse>[0] = {}): Promise<RunningHouse> {
  const test = await aHouse({ shell, ...options })
  const listening = await listen(makeWeb(test.house), test.house, { port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${listening.port}`
  // The address is known only now; pages that name their own origin read it from here.
  Object.assign(test.house.config, { publicUrl: url, origins: [url] })
  return { ...test, url, listening, close: async () => { await listening.stop(); await test.close() } }
}
