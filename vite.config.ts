import { globSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname

/** Packages that may reach the browser. Nothing else does. */
const packages = /^(react|react-dom|scheduler|react-aria-components|react-aria|react-stately|@simplewebauthn\/browser)(\/|$)/
/** Our own doors that may: the design system, what a domain calls shared, and the client itself. */
const doors = /^#(ui\/|root\/client\/|[a-z-]+\/shared$)/
/** Pure rules that run on the page as they run on the server. Each is named: whatever else its domain holds stays home. */
const pureRules = ['check-red-flags', 'hear-danger', 'danger-features', 'data/red-flag-patterns.data', 'data/danger-weights.data', 'data/danger-concepts.data'].map(file => resolve(root, `src/domains/safety/${file}.ts`))

const isOurs = (file: string | undefined): file is string => !!file && file.startsWith(`${root}/src/`)
const bare = (id: string) => id.split('?')[0]!

function mayReachBrowser(id: string, importer: string): boolean {
  if (id.startsWith('\0') || id.startsWith('virtual:') || id.startsWith('vite/')) return true
  if (doors.test(id) || packages.test(id)) return true
  if (id.startsWith('node:')) return false
  const isPath = id.startsWith('.') || id.startsWith('/')
  if (!isPath) return false
  const target = bare(id.startsWith('.') ? resolve(bare(importer), '..', id) : id)
  if (/\.(css|svg|woff2)$/.test(target)) return true
  if (pureRules.includes(target)) return true
  return target.startsWith(`${root}/src/client/`) || target.startsWith(`${root}/src/ui/`) || target.endsWith('.island.tsx') || /\/shared(-[a-z-]+)?\.ts$/.test(target)
}

/** What may reach the browser is a list; anything else fails the build and names both files. */
const serverCodeStaysHome: Plugin = {
  name: 'server-code-stays-home',
  enforce: 'pre',
  resolveId(id, importer) {
    if (isOurs(importer) && !mayReachBrowser(id, importer)) this.error(`${relative(root, bare(importer))} brings ${id} into the browser; see the list in vite.config.ts`)
    return null
  },
}

const faces = ['site', 'portal', 'console']

/** A domain's own drawings keep their styles beside the page: `site-*.css`, `portal-*.css` and `console-*.css` join that face's stylesheet. */
const pagesBringStyles: Plugin = {
  name: 'pages-bring-styles',
  enforce: 'pre',
  transform(code, id) {
    const face = faces.find(name => id === `${root}/src/ui/${name}.css`)
    if (!face) return null
    const files = globSync([`src/domains/*/pages/${face}-*.css`, `src/home/pages/${face}-*.css`], { cwd: root }).sort()
    for (const file of files) this.addWatchFile(resolve(root, file))
    return code + files.map(file => `\n@import '/${file}' layer(pages);`).join('')
  },
}

/** The mark of a house that has none of its own yet, as the browser's icon. */
const houseMark: Plugin = {
  name: 'house-mark',
  buildStart() {
    this.emitFile({ type: 'asset', name: 'mark.svg', originalFileName: 'src/ui/mark.svg', source: readFileSync(resolve(root, 'src/ui/mark.svg')) })
  },
}

export default defineConfig({
  root,
  logLevel: 'error',
  publicDir: false,
  plugins: [serverCodeStaysHome, pagesBringStyles, houseMark],
  build: {
    outDir: 'build/client',
    emptyOutDir: true,
    manifest: true,
    target: ['chrome111', 'firefox115', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: ['src/client/main.ts', ...faces.map(face => `src/ui/${face}.css`)] },
  },
})
