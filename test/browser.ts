import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type BrowserContextOptions } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

const isProgram = (path: string): boolean => {
  try { accessSync(path, constants.X_OK); return true } catch { return false }
}

/** The Chromium that CHROMIUM_PATH names, or one that is installed. */
export const chromiumPath = (): string | undefined => [
  process.env.CHROMIUM_PATH,
  ...[...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin'].flatMap(folder => names.map(name => join(folder, name))),
  ...places,
].find(path => path && isProgram(path))

/** Finds a Chromium, or installs Debian's where that can be done; else says what to install, and there is none. */
export async function ensureChromium(): Promise<string | undefined> {
  if (!chromiumPath() && process.getuid?.() === 0 && isProgram('/usr/bin/apt-get')) {
    console.log('Installing Chromium from Debian for the browser tests …')
    const apt = (...args: string[]) => spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', HOME: '/root' } })
    apt('update')
    apt('install', '-y', '--no-install-recommends', 'chromium')
  }
  const found = chromiumPath()
  if (!found) console.error('The browser tests need Chromium: install your system’s package (Debian, Ubuntu: `apt-get install chromium`; Fedora: `dnf install chromium`; macOS: `brew install --cask chromium`), or set CHROMIUM_PATH.')
  return found
}

export type Browsing = { context: BrowserContext; close: () => Promise<void> }

/** A real browser with a profile of its own, gone at the end. It asks no outside host for anything. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<Browsing> {
  const executablePath = chromiumPath()
  if (!executablePath) throw new Error('no Chromium: see ensureChromium')
  const profile = mkdtempSync(join(tmpdir(), 'rapport-browser-'))
  const context = await chromium.launchPersistentContext(join(profile, 'profile'), {
    executablePath, headless: true, env: { ...definedIn(process.env), HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--disable-crash-reporter', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
    ...options,
  })
  return { context, async close() { await context.close(); rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) } }
}

const definedIn = (env: NodeJS.ProcessEnv): Record<string, string> => Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
