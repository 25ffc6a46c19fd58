// npm run pictures: takes the README's pictures of the demo, so that they show what there is now.
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { root } from '#platform/root.ts'
import { openBrowser } from '#test/browser.ts'
import { startChild } from '#test/child.ts'
import { clearFolder } from '#test/clear-folder.ts'

type Picture = { name: string; as?: string; at: string; open?: string; width?: number; height?: number }

const pictures: readonly Picture[] = [
  { name: 'site', at: '/' },
  { name: 'portal', as: 'Ana Solberry, patient', at: '/portal/results', open: 'Blood sugar check' },
  { name: 'portal-phone', as: 'Ana Solberry, patient', at: '/portal', width: 390, height: 800 },
  { name: 'console', as: 'Dr. Ada Brightmoor, doctor', at: '/console/patients', open: 'Solbery' },
]

const folder = mkdtempSync(join(tmpdir(), 'rapport-pictures-'))
chmodSync(folder, 0o711)
const server = startChild([join(root, 'bin/rapport.mjs'), 'serve'], { env: { NODE_ENV: undefined, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'silent' } })
const browsing = await openBrowser({ colorScheme: 'light', deviceScaleFactor: 1.5 })
try {
  const site = (await server.says(/^ +Site/)).trim().split(/ +/)[1]!
  mkdirSync(join(root, 'docs/pictures'), { recursive: true })
  for (const picture of pictures) await take(picture, site)
} finally {
  await browsing.close()
  await server.kill('SIGTERM')
  clearFolder(folder)
}

async function take({ name, as, at, open, width = 1280, height = 800 }: Picture, site: string): Promise<void> {
  await browsing.context.clearCookies()
  const page = await browsing.context.newPage()
  await page.setViewportSize({ width, height })
  if (as) {
    await page.goto(new URL('/sign-in', site).href)
    await page.getByRole('button', { name: as }).click()
  }
  await page.goto(new URL(at, site).href)
  if (name === 'console') {
    await page.getByLabel(/^Name/).fill(open!)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('link', { name: /Solberry/ }).first().click()
  } else if (open) await page.getByRole('link', { name: new RegExp(open) }).first().click()
  await page.waitForLoadState('networkidle')
  const png = await page.screenshot()
  await sharp(png).webp({ quality: 80 }).toFile(join(root, 'docs/pictures', `${name}.webp`))
  console.log(`docs/pictures/${name}.webp`)
  await page.close()
}
