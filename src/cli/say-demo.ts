import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#platform/config.ts'
import type { Io } from './command.ts'

export type DemoPerson = { role: string; name: string; email: string; password: string; totpSecret?: string }
export type DemoFile = { url: string; people: DemoPerson[] }

export const readDemoFile = (config: Config): DemoFile => JSON.parse(readFileSync(join(config.dataDir, 'demo.json'), 'utf8'))

/** Prints who can sign in to the demo. In a demo database alone, /sign-in offers them in one click too. */
export function sayDemo(config: Config, io: Io): void {
  const { people } = readDemoFile(config)
  io.out('\nThis is a demo: every patient in it is invented. Sign in as\n')
  for (const { role, email, password, totpSecret } of people) {
    io.out(`  ${role.padEnd(12)}${email.padEnd(30)}${password}${totpSecret ? `   code from ${totpSecret}` : ''}`)
  }
  io.out('\nor choose one at /sign-in. Stop with Ctrl-C.')
}
