// Writes synthetic patients as FHIR R4, for the demo, the tests and the bench. Nobody in them is anybody.
//   node bin/generate-records.ts --patients 200 --out records.ndjson.gz
import { createWriteStream, mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createGzip } from 'node:zlib'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { generatePatients } from '#demo/generate/generate-records.ts'
import { resourcesOf } from '#demo/generate/read-bundle.ts'

const usage = `node bin/generate-records.ts [options]
  --patients N        how many patients (40; any forty in a row tell every story)
  --seed TEXT         the same seed and clock give the same records (rapport)
  --out PATH          "-" for standard output (default); a name that ends .ndjson, .json or .gz for one file;
                      any other name is a folder: a file for each type, or for each patient with --format bundles
  --format KIND       ndjson (default): one resource a line; bundles: one Bundle a patient
  --now ISO           the clock that the newest entries are measured from (now)
  --observations N    Observations a patient on average, at least 90 (as the stories tell)`

type Wanted = { patients: number; seed: string; out: string; format: 'ndjson' | 'bundles'; now: Date; observations: number | undefined }

function readWanted(args: string[]): Wanted | string {
  const { values } = parseArgs({
    args,
    options: {
      patients: { type: 'string', default: '40' }, seed: { type: 'string', default: 'rapport' }, out: { type: 'string', default: '-' },
      format: { type: 'string', default: 'ndjson' }, now: { type: 'string' }, observations: { type: 'string' }, help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return ''
  const patients = Number(values.patients), now = values.now ? new Date(values.now) : new Date()
  const observations = values.observations === undefined ? undefined : Number(values.observations)
  if (!Number.isSafeInteger(patients) || patients < 1) return `--patients must be a whole number above 0, not "${values.patients}"`
  if (Number.isNaN(now.getTime())) return `--now must be a time such as 2026-03-04T09:00:00Z, not "${values.now}"`
  if (values.format !== 'ndjson' && values.format !== 'bundles') return `--format must be ndjson or bundles, not "${values.format}"`
  if (observations !== undefined && !(observations >= 90)) return `--observations must be a number from 90 up, not "${values.observations}"`
  return { patients, seed: values.seed, out: values.out, format: values.format, now, observations }
}

type Sink = { write: (line: string) => Promise<void> | void; close: () => Promise<void> }

/** Gathers lines into large writes and waits where the disk or the reader is slower than we are. */
function openSink(path: string): Sink {
  const file: Writable = path === '-' ? process.stdout : createWriteStream(path)
  const gzip = path.endsWith('.gz') ? createGzip() : undefined
  gzip?.pipe(file)
  const target = gzip ?? file
  let lines: string[] = [], size = 0
  const flush = () => {
    const text = lines.join('')
    ;[lines, size] = [[], 0]
    if (!target.write(text)) return once(target, 'drain').then(() => undefined)
  }
  return {
    write(line) {
      lines.push(line, '\n')
      if ((size += line.length) > 256 * 1024) return flush()
    },
    async close() {
      await flush()
      if (file === process.stdout && !gzip) return
      target.end()
      await finished(file)
    },
  }
}

type Shelf = { put: (bundle: Bundle, place: number) => Promise<readonly Resource[]>; close: () => Promise<void> }

/** Decides which file each piece goes in, and gives back what was written. */
function openShelf({ out, format }: Wanted): Shelf {
  const isOne = out === '-' || /\.(ndjson|json|gz)$/.test(out)
  if (!isOne) mkdirSync(out, { recursive: true })
  if (format === 'ndjson') return openLines(isOne ? () => out : type => join(out, `${type}.ndjson`))
  if (isOne) return openBundles(openSink(out))
  return {
    async put(bundle, place) {
      await writeFile(join(out, `patient-${String(place + 1).padStart(6, '0')}.json`), JSON.stringify(bundle))
      return resourcesOf(bundle)
    },
    close: async () => {},
  }
}

const openBundles = (sink: Sink): Shelf => ({
  async put(bundle) {
    await sink.write(JSON.stringify(bundle))
    return resourcesOf(bundle)
  },
  close: sink.close,
})

const isShared = new Set(['Practitioner', 'Organization', 'Location'])

/** One resource a line; a person or place that many records point at only once. */
function openLines(pathOf: (type: string) => string): Shelf {
  const sinks = new Map<string, Sink>()
  const shared = new Set<string>()
  const sinkFor = (path: string): Sink => {
    const sink = sinks.get(path) ?? openSink(path)
    sinks.set(path, sink)
    return sink
  }
  return {
    async put(bundle) {
      const fresh = resourcesOf(bundle).filter(({ resourceType, id = '' }) => !isShared.has(resourceType) || !shared.has(id))
      for (const resource of fresh) {
        if (isShared.has(resource.resourceType)) shared.add(resource.id ?? '')
        await sinkFor(pathOf(resource.resourceType)).write(JSON.stringify(resource))
      }
      return fresh
    },
    close: async () => void await Promise.all([...sinks.values()].map(sink => sink.close())),
  }
}

async function writeAll(wanted: Wanted): Promise<void> {
  const { patients, seed, now, observations, format } = wanted
  const shelf = openShelf(wanted)
  const counts = new Map<string, number>()
  const began = performance.now()
  let shown = began, place = 0, resources = 0
  const line = () => `${place.toLocaleString('en')} of ${patients.toLocaleString('en')} patients, ${resources.toLocaleString('en')} resources, ${Math.round(resources / (performance.now() - began) * 1000).toLocaleString('en')} a second`
  for (const bundle of generatePatients({ patients, seed, now, style: format === 'bundles' ? 'mixed' : 'collection', ...(observations && { observationsPerPatient: observations }) })) {
    const written = await shelf.put(bundle, place++)
    for (const { resourceType } of written) counts.set(resourceType, (counts.get(resourceType) ?? 0) + 1)
    resources += written.length
    if (process.stderr.isTTY && performance.now() - shown > 200) {
      process.stderr.write(`\r${line()} `)
      shown = performance.now()
    }
  }
  await shelf.close()
  process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${line()}\n`)
  for (const [type, count] of [...counts].sort()) process.stderr.write(`  ${type.padEnd(24)}${count.toLocaleString('en').padStart(12)}\n`)
}

// A reader that has had enough (| head) is no error.
process.stdout.on('error', () => process.exit(0))

function wantedOrComplaint(): Wanted | string {
  try {
    return readWanted(process.argv.slice(2))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const wanted = wantedOrComplaint()
if (typeof wanted === 'string') {
  process.stderr.write(wanted ? `${wanted}\n\n${usage}\n` : `${usage}\n`)
  process.exitCode = wanted ? 1 : 0
} else await writeAll(wanted)
