import { setTimeout as pause } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import type { Ctx } from '#platform/ctx.ts'
import { scanLines, type FilePiece } from '../ehr-fhir/read-files.ts'
import { JsonScanner } from '../ehr-fhir/scan-json.ts'
import { ask, problemOf } from './ask-server.ts'
import type { Connection } from './get-token.ts'
import { EhrProblem } from './problems.ts'
import type { PullFile, PullRun } from './run-state.ts'
import { askEhr } from './start-export.ts'

const mostTries = 4
const accept = { accept: 'application/fhir+ndjson', 'accept-encoding': 'gzip' }

async function open(ctx: Ctx, connection: Connection, run: PullRun, file: PullFile): Promise<Readable> {
  const response = run.requiresToken ? await askEhr(ctx, connection, file.url, { headers: accept, idleMs: 120_000 }) : await ask(ctx.house, file.url, { headers: accept, idleMs: 120_000 })
  if (response.statusCode !== 200) throw problemOf(response, ctx.house.now(), 'export-gone')
  if (response.headers['content-encoding'] !== 'gzip') return response
  const unzipped = response.pipe(createGunzip({ chunkSize: 262_144 }))
  response.on('error', error => unzipped.destroy(error))
  unzipped.on('close', () => response.destroy())
  return unzipped
}

/** The name under which a file's lines are parked: what it holds and its place, since its address is a key. */
export const nameOf = (file: PullFile): string => `${file.place + 1}-${file.fhirType}.ndjson`

/**
 * The lines of one file, in flat memory. One that breaks off is asked for again and goes on where it broke: an export does not change, so
 * the lines before are passed over. When it stays broken the last piece says so, or it ends in an EhrProblem.
 */
export async function* fetchFile(ctx: Ctx, connection: Connection, run: PullRun, file: PullFile): AsyncGenerator<FilePiece> {
  let given = 0
  for (let tries = 1; ; tries++) {
    const mayTryAgain = tries < mostTries
    let read = 0
    try {
      const scanner = new JsonScanner()
      for await (const chunk of await open(ctx, connection, run, file) as AsyncIterable<Buffer>) {
        for (const piece of scanLines(scanner, chunk)) {
          if (++read <= given) continue
          given = read
          yield { ...piece, file: nameOf(file) }
        }
      }
      const rest = [...scanner.end()]
      const isShort = rest.some(piece => !piece.ok) || (file.announced !== null && read + rest.length < file.announced)
      if (isShort && mayTryAgain) throw new EhrProblem('cut-off')
      for (const piece of rest) if (++read > given) { given = read; yield { ...piece, file: nameOf(file) } }
      return
    } catch (error) {
      const problem = error instanceof EhrProblem ? error : isBroken(error) ? new EhrProblem('cut-off') : undefined
      if (!problem) throw error
      if (!mayTryAgain || problem.isLasting || problem.problem === 'export-gone' || (problem.retryAfterSeconds ?? 0) > 30) throw problem
      await pause(problem.retryAfterSeconds !== undefined ? problem.retryAfterSeconds * 1_000 : 200 * 4 ** (tries - 1))
    }
  }
}

/** The line went dead, or what is zipped ends before its end. */
const isBroken = (error: unknown) => /^(ECONN|EPIPE|ERR_STREAM|Z_)/.test(String((error as NodeJS.ErrnoException).code))
