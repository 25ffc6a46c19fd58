import { readFileSync, writeFileSync } from 'node:fs'
import { envExample, settingsTable } from '#platform/document-settings.ts'

/** Writes what documents say about settings from the settings themselves. */
writeFileSync('.env.example', envExample())
const path = 'docs/self-hosting.md'
const page = readFileSync(path, 'utf8')
writeFileSync(path, page.replace(/<!-- settings -->[\s\S]*<!-- \/settings -->/, `<!-- settings -->\n${settingsTable()}\n<!-- /settings -->`))
