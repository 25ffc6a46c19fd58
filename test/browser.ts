import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type BrowserContextOptions } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
export const chromiumPath = (): string | undefined => [process.env.CHROMIUM_PATH, ...places].find(path => path && existsSync(path))

/** Finds a Chromium, or installs Debian's where that can be done; else says what to install. */
export async function ensureChromium(): Promise<void> {
  if (chromiumPath()) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from Debian for the browser tests …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'ignore', env })
    if (chromiumPath()) return
  }
  throw new Error('The browser tests need Chromium: install your system’s package `chromium` (or Chrome), or set CHROMIUM_PATH.')
}

export type Browsing = { context: BrowserContext; close: () => Promise<void> }

/** A real browser with a profile of its own, gone at the end. It asks no outside host for anything. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<Browsing> {
  const executablePath = chromiumPath()
  if (!executablePath) throw new Error('no Chromium: see ensureChromium')
  const profile = mkdtempSync(join(tmpdir(), 'rapport-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
    ...options,
  })
  return { context, async close() { await context.close(); rmSync(profile, { recursive: true, force: true, maxRetries: 5 }) } }
}
