import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { root } from '#platform/root.ts'

const island = `import { useState } from 'react'
import { places } from '#sample/shared'
export default function Counter({ from }: { from: number }) {
  const [count, setCount] = useState(from)
  return <button type="button" onClick={() => setCount(count + 1)}>{places[0]} {count}</button>
}
`

/** A small house of its own: our client, design system and build, and one domain made up for the test. */
export function makeHouse(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-client-'))
  for (const path of ['src/client', 'src/ui', 'src/domains/safety', 'src/domains/writing/shared.ts', 'vite.config.ts', 'tsconfig.json']) cpSync(join(root, path), join(folder, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const { imports, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports: Record<string, string>; type: string }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type, imports: { ...imports, '#sample': './src/domains/sample/public.ts', '#sample/shared': './src/domains/sample/shared.ts' } }))
  const all = {
    'src/domains/sample/shared.ts': `export const places = ['One']\n`, 'src/domains/sample/public.ts': `export const secret = 1\n`, 'src/domains/sample/book-place.ts': `export const book = 1\n`,
    'src/domains/sample/pages/counter.island.tsx': island, 'src/domains/sample/pages/portal-counter.css': '.counter-of-sample { color: var(--brand); }\n', ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

export const buildIn = (folder: string) => {
  process.env.NODE_ENV = 'production'   // as bin/build.ts does
  return build({ configFile: join(folder, 'vite.config.ts'), configLoader: 'native', logLevel: 'silent' })
}
