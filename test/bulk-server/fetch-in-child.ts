import { readConfig } from '#platform/config.ts'
import { makeKeys } from '#platform/keys.ts'
import { makeLog } from '#platform/log.ts'
import { openHouse } from '#platform/open-house.ts'
import { stepRun } from '#integrations/ehr-fhir-pull/step-run.ts'
import { bareShell } from '#test/bare-shell.tsx'
import { ctxOf } from '#test/ctx.ts'

/** Takes one fetch as far as it goes, as the worker does, in a process that a test can kill. */
const { APP_URL = '', RUN = '', SECRET = '' } = process.env
const read = readConfig({ DATA_DIR: process.env.DATA_DIR, PUBLIC_URL: 'http://localhost:3000', PULL_FROM_PRIVATE: '1' })
if (!read.ok) throw new Error(read.problems.join('\n'))
const { house, close } = openHouse({ config: read.config, keys: makeKeys(Buffer.from(SECRET, 'base64')), log: makeLog('silent'), appUrl: APP_URL, isDemo: false, shell: bareShell, now: () => new Date() })
console.log('fetching')
console.log((await stepRun(ctxOf(house, { kind: 'system', job: 'records.import' }), RUN)) ? 'stepped' : 'somebody else is at it')
await close()
