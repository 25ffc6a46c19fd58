import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { House } from '#platform/house.ts'

/** Figures about the house, never about a person: labels are routes, job names and codes of our own. */
export type Metrics = {
  registry: Registry
  countRequest(facts: { method: string; route: string; status: number; seconds: number }): void
  countJob(facts: { job: string; outcome: 'done' | 'failed'; seconds: number }): void
  countSeals(facts: { sealed: number; head: { seq: number } }): void
}

const known = new WeakMap<House, Metrics>()

/** The metrics of this process's house. The same object each time. */
export function metricsOf(house: House): Metrics {
  let metrics = known.get(house)
  if (!metrics) known.set(house, metrics = makeMetrics(house))
  return metrics
}

function makeMetrics(house: House): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'rapport_' })
  const requests = new Histogram({
    name: 'rapport_http_request_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], registers,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  })
  const jobs = new Histogram({
    name: 'rapport_job_seconds', help: 'Time of background jobs, by job and outcome', labelNames: ['job', 'outcome'], registers,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
  })
  const sealed = new Counter({ name: 'rapport_audit_sealed_total', help: 'Audit events sealed by this process', registers })
  const head = new Gauge({ name: 'rapport_audit_head', help: 'Number of the newest seal', registers })
  const passAt = new Gauge({ name: 'rapport_audit_pass_timestamp_seconds', help: 'When the sealer last finished a pass', registers })
  new Gauge({ name: 'rapport_live_streams', help: 'Open screens that hear of changes', registers, collect() { this.set(house.live.count) } })
  gaugePools(house, registry)
  gaugeBackup(house, registry)
  return {
    registry,
    countRequest: ({ method, route, status, seconds }) => requests.observe({ method, route, status: String(status) }, seconds),
    countJob: ({ job, outcome, seconds }) => jobs.observe({ job, outcome }, seconds),
    countSeals(pass) {
      sealed.inc(pass.sealed)
      head.set(pass.head.seq)
      passAt.set(house.now().getTime() / 1000)
    },
  }
}

function gaugePools({ pool, apartPool }: House, registry: Registry): void {
  new Gauge({
    name: 'rapport_pool_connections', help: 'Database connections of this process', labelNames: ['pool', 'state'], registers: [registry],
    collect() {
      for (const [name, of] of [['app', pool], ['apart', apartPool]] as const) {
        this.set({ pool: name, state: 'open' }, of.totalCount)
        this.set({ pool: name, state: 'idle' }, of.idleCount)
        this.set({ pool: name, state: 'waiting' }, of.waitingCount)
      }
    },
  })
}

function gaugeBackup({ apartPool }: House, registry: Registry): void {
  new Gauge({
    name: 'rapport_backup_timestamp_seconds', help: 'When the last good backup was finished', registers: [registry],
    async collect() {
      const { rows } = await apartPool.query<{ at: Date | null }>('select max(finished_at) as at from platform.backup_run').catch(() => ({ rows: [] }))
      if (rows[0]?.at) this.set(rows[0].at.getTime() / 1000)
    },
  })
}

/** Serves /metrics on a port of this machine alone; a collector elsewhere comes through a tunnel or an agent. */
export async function serveMetrics(house: House, port: number): Promise<{ port: number; stop: () => Promise<void> }> {
  const { registry } = metricsOf(house)
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    registry.metrics().then(
      text => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise(resolve => { server.close(() => resolve()); server.closeAllConnections() }),
  }
}
