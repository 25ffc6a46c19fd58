import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { domainFiles, longFiles, mayImport } from '../src/architecture.ts'

/** The rules that hold the house. Each failure says what to do instead. */
const problems: string[] = []
const problem = (file: string, text: string) => problems.push(`${file}: ${text}`)

const importPattern = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g
const tablePattern = /(?:From|Into|Table|Join|from|into|join|update)\s*\(?['"`\s]\s*([a-z_]+)\.[a-z_]+/g
const forbiddenNames = /^(index|utils?|helpers?|service|manager|info|data)\.tsx?$/
const domains = Object.keys(mayImport)
const sources = globSync('{src,bin,test,demo,bench}/**/*.{ts,tsx}').sort()

const floorOf = (file: string) => (file.startsWith('src/platform/') ? 'platform' : file.startsWith('src/ui/') ? 'ui' : file.startsWith('src/domains/') ? 'domain' : 'edge')
const isTest = (file: string) => /\.(test|long)\.tsx?$/.test(file)

for (const file of sources) {
  const source = readFileSync(file, 'utf8')
  const floor = floorOf(file)
  const specifiers = [...source.matchAll(importPattern)].map(match => match[1] ?? '')

  if (forbiddenNames.test(basename(file)) && !file.startsWith('bench/')) problem(file, 'a name that says nothing; call it by what it does')
  for (const specifier of specifiers) {
    const target = specifier.match(/^#([a-z-]+)/)?.[1] ?? ''
    if (isTest(file)) continue
    if (floor === 'platform' && target !== '' && target !== 'platform') problem(file, `platform knows nothing above it, and imports ${specifier}`)
    if (floor === 'ui' && target !== '' && !['ui', 'platform'].includes(target)) problem(file, `the design system knows no domain, and imports ${specifier}`)
    if (floor === 'domain' && ['home', 'fhir', 'integrations', 'demo', 'root', 'test'].includes(target)) problem(file, `a domain may not import ${specifier}: edges stand above domains`)
    if (specifier === 'graphile-worker' && !['src/worker.ts', 'src/platform/migrate.ts'].includes(file)) problem(file, 'jobs are enqueued through #platform/jobs.ts')
  }
  checkLength(file, source)
  if (floor === 'domain') checkDomainFile(file, source, specifiers)
}

function checkDomainFile(file: string, source: string, specifiers: string[]): void {
  const domain = file.split('/')[2]!
  const home = resolve('src/domains', domain)
  const allowed = mayImport[domain]
  if (!allowed) return void problem(file, `${domain} is no domain of src/architecture.ts`)
  const inside = relative(home, resolve(file))
  if (!domainFiles.some(name => (typeof name === 'string' ? name === inside : name.test(inside)))) problem(file, `not a file name of a domain folder (see src/architecture.ts)`)
  for (const specifier of specifiers) {
    const other = specifier.match(/^#([a-z-]+)(?:\/(shared|pages))?$/)?.[1]
    if (other && domains.includes(other) && other !== domain && !allowed.includes(other)) problem(file, `${domain} may not import ${other} (see src/architecture.ts)`)
    if (specifier.startsWith('.') && relative(home, resolve(dirname(file), specifier)).startsWith('..')) problem(file, `reaches out of its domain with ${specifier}; use the other's #name`)
    if (inside === 'shared.ts' && /^#platform\/(db|jobs|audit|files)|^node:/.test(specifier)) problem(file, `shared.ts is pure, and imports ${specifier}`)
  }
  if (isTest(file)) return
  for (const [, schema = ''] of source.matchAll(tablePattern)) {
    if (domains.includes(schema) && schema !== domain) problem(file, `queries ${schema}.*, a table of another domain`)
  }
  if (/Date\.now\(\)|new Date\(\)/.test(source) && !inside.startsWith('explain/')) problem(file, 'the clock is ctx.now')
}

function checkLength(file: string, source: string): void {
  if (file.endsWith('.data.ts')) return
  const lines = source.split('\n').length - 1
  const most = longFiles[file]?.lines ?? (isTest(file) ? 400 : /\/pages\//.test(file) ? 250 : 200)
  if (lines > most) problem(file, `${lines} lines, more than ${most}: split it along its meaning`)
}

// The table is a one-way street: its order is the proof.
for (const [domain, allowed] of Object.entries(mayImport)) {
  for (const other of allowed) if (domains.indexOf(other) >= domains.indexOf(domain)) problem('src/architecture.ts', `${domain} → ${other} points upward`)
}
for (const file of Object.keys(longFiles)) {
  const lines = readFileSync(file, 'utf8').split('\n').length - 1
  if (lines <= 200) problem('src/architecture.ts', `${file} has ${lines} lines now: take it off the list`)
}

console.log(problems.length > 0 ? problems.join('\n') : `architecture ok: ${sources.length} files`)
process.exitCode = problems.length > 0 ? 1 : 0
