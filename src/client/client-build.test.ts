import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { buildIn, makeHouse } from '#root/client/make-test-house.ts'

const kilobyte = 1024
const gzipped = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length

type Entry = { file: string; imports?: string[]; dynamicImports?: string[]; css?: string[] }

describe('what browsers load', () => {
  let house: string
  let manifest: Record<string, Entry>
  before(async () => {
    house = makeHouse()
    await buildIn(house)
    manifest = JSON.parse(readFileSync(join(house, 'build/client/.vite/manifest.json'), 'utf8')) as Record<string, Entry>
  })
  after(() => rmSync(house, { recursive: true, force: true }))

  const fileOf = (source: string) => join(house, 'build/client', manifest[source]!.file)
  /** A file and all it needs before it can run. */
  const withNeeds = (source: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(source)) {
      seen.add(source)
      for (const need of manifest[source]!.imports ?? []) withNeeds(need, seen)
    }
    return seen
  }
  const weigh = (sources: Iterable<string>) => [...new Set([...sources].map(fileOf))].reduce((sum, path) => sum + gzipped(path), 0)

  test('the script of every portal page is 5 KB at most', () => {
    assert.ok(weigh(withNeeds('src/client/main.ts')) <= 5 * kilobyte)
  })

  test('a portal page with a free text loads 75 KB of script at most: the check of danger comes there alone, when somebody begins to write', () => {
    const [without, needs] = [withNeeds('src/client/main.ts'), new Set([...withNeeds('src/client/main.ts'), ...withNeeds('src/client/watch-words.ts')])]
    assert.ok(!without.has('src/client/watch-words.ts'))
    const weight = weigh(needs)
    assert.ok(weight > 3 * kilobyte && weight <= 75 * kilobyte, `${(weight / kilobyte).toFixed(1)} KB`)
  })

  test('a page with a plain island loads 75 KB of script at most', () => {
    const needs = new Set([...withNeeds('src/client/main.ts'), ...withNeeds('src/client/wake-islands.ts'), ...withNeeds('src/domains/sample/pages/counter.island.tsx')])
    const weight = weigh(needs)
    assert.ok(weight > 20 * kilobyte && weight <= 75 * kilobyte, `${(weight / kilobyte).toFixed(1)} KB`)
  })

  test('each face has a stylesheet of its own, 12 KB at most, and a page brings its style to its own face alone', () => {
    for (const face of ['site', 'portal', 'console']) assert.ok(gzipped(fileOf(`src/ui/${face}.css`)) <= 12 * kilobyte, face)
    assert.match(readFileSync(fileOf('src/ui/portal.css'), 'utf8'), /counter-of-sample/)
    assert.doesNotMatch(readFileSync(fileOf('src/ui/site.css'), 'utf8'), /counter-of-sample/)
  })

  test('fonts are ours, and only the letters we need', () => {
    const fonts = readdirSync(join(house, 'build/client/assets')).filter(name => name.endsWith('.woff2'))
    assert.equal(fonts.length, 8)
    for (const font of fonts) assert.match(font, /-latin(-ext)?-wght-/)
    for (const face of ['site', 'portal', 'console']) assert.doesNotMatch(readFileSync(fileOf(`src/ui/${face}.css`), 'utf8'), /url\(["']?(https?:|\/\/|data:)/)
  })

  test('every built name but the manifest carries a hash', () => {
    for (const name of readdirSync(join(house, 'build/client/assets'))) assert.match(name, /-[\w-]{8}\.(js|css|svg|woff2)$/)
  })
})

const trespasses: { what: string; files: Record<string, string>; names: RegExp[] }[] = [
  { what: "another domain's face", files: { 'src/domains/sample/pages/counter.island.tsx': `import { secret } from '#sample'\nexport default () => <p>{secret}</p>\n` }, names: [/counter\.island\.tsx/, /#sample/] },
  { what: 'what safety keeps at home', files: { 'src/domains/sample/shared.ts': `import { guardWords } from '../safety/guard-words.ts'\nexport const places = [String(guardWords)]\n` }, names: [/sample\/shared\.ts/, /guard-words\.ts/] },
  { what: 'a use case beside it', files: { 'src/domains/sample/pages/counter.island.tsx': `import { book } from '../book-place.ts'\nexport default () => <p>{book}</p>\n` }, names: [/counter\.island\.tsx/, /book-place\.ts/] },
  { what: 'a package that is not on the list', files: { 'src/domains/sample/pages/counter.island.tsx': `import pg from 'pg'\nexport default () => <p>{String(pg)}</p>\n` }, names: [/counter\.island\.tsx/, /pg/] },
  { what: "Node's own parts through a shared file", files: { 'src/domains/sample/shared.ts': `import { readFileSync } from 'node:fs'\nexport const places = [String(readFileSync)]\n` }, names: [/sample\/shared\.ts/, /node:fs/] },
  { what: 'a server component of the design system', files: { 'src/domains/sample/pages/counter.island.tsx': `import { Icon } from '#ui/icon.tsx'\nexport default () => <Icon name="phone" />\n` }, names: [/ui\/icon\.tsx/, /node:fs|#platform/] },
]

describe('what may not reach the browser fails the build and names both files', () => {
  for (const { what, files, names } of trespasses) {
    test(what, async () => {
      const house = makeHouse(files)
      try {
        await assert.rejects(buildIn(house), (error: Error) => names.every(name => name.test(error.message)))
      } finally {
        rmSync(house, { recursive: true, force: true })
      }
    })
  }
})
