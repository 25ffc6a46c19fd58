import { request, Agent } from 'node:http'

export type LoadResult = { perSecond: number; p50Ms: number; p95Ms: number; p99Ms: number; errors: number; count: number; clientCpuPercent: number }

/**
 * A plain load generator: `connections` keep-alive lines, each asking for the next path as soon as its answer is whole.
 * The client's own CPU is reported, since it runs on the same two cores.
 */
export async function load({ port, paths, seconds, connections, headers = () => ({}) }: { port: number; paths: () => { path: string; who: number }; seconds: number; connections: number; headers?: (who: number) => Record<string, string> }): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let errors = 0
  const cpuBefore = process.cpuUsage()
  const begun = performance.now()
  const until = begun + seconds * 1_000
  const ask = () => new Promise<void>(resolve => {
    const { path, who } = paths()
    const start = performance.now()
    const call = request({ host: '127.0.0.1', port, path, agent, headers: headers(who) }, response => {
      response.on('data', () => {})
      response.on('end', () => {
        times.push(performance.now() - start)
        if (response.statusCode !== 200) errors++
        resolve()
      })
    })
    call.on('error', () => { errors++; resolve() })
    call.end()
  })
  await Promise.all(Array.from({ length: connections }, async () => { while (performance.now() < until) await ask() }))
  const elapsed = (performance.now() - begun) / 1_000
  const cpu = process.cpuUsage(cpuBefore)
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (part: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0) * 10) / 10
  return { perSecond: times.length / elapsed, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), errors, count: times.length, clientCpuPercent: Math.round((cpu.user + cpu.system) / 10_000 / elapsed) }
}
