import { pino } from 'pino'

/** The only fields a log line may carry. A record, a message or a name has no field to travel in. */
export type LogFields = Partial<{
  requestId: string
  method: string
  route: string
  status: number
  durationMs: number
  job: string
  jobId: string
  attempt: number
  count: number
  code: string
  constraint: string
  error: string
  stack: string[]
  port: number
  signal: string
  file: string
  role: string
  version: string
}>
const allowed: ReadonlySet<string> = new Set<keyof Required<LogFields>>([
  'requestId', 'method', 'route', 'status', 'durationMs', 'job', 'jobId', 'attempt', 'count', 'code', 'constraint', 'error', 'stack', 'port', 'signal', 'file', 'role', 'version',
])

export type Log = {
  info: (event: string, fields?: LogFields) => void
  warn: (event: string, fields?: LogFields) => void
  error: (event: string, fields?: LogFields) => void
}

/** JSON lines on standard output. `event` is a fixed phrase of the code's own, never built from data. */
export function makeLog(level: string, write?: { write: (line: string) => void }): Log {
  const sink = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, write ?? pino.destination({ sync: false }))
  const only = (fields: LogFields = {}) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name)))
  return {
    info: (event, fields) => sink.info(only(fields), event),
    warn: (event, fields) => sink.warn(only(fields), event),
    error: (event, fields) => sink.error(only(fields), event),
  }
}

/** An error as a log may carry it: its kind, the database's code and where it was thrown. Its message can quote a person's data, so it stays out. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, constraint } = error as Error & { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line)).slice(0, 8).map(line => line.trim())
  return {
    error: error.name,
    stack: frames,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
  }
}
