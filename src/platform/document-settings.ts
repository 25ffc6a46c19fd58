import { settings } from '#platform/config.ts'

const all = Object.entries(settings) as [string, { words: string; standard?: string; example?: string }][]

/** `.env.example`, complete: every setting commented out with its standard or an example. */
export const envExample = (): string =>
  '# Every setting of Rapport. Made from src/platform/config.ts by `npm run docs`; what stands here is what happens without it, or an example.\n\n'
  + all.map(([name, { words, standard, example }]) => `# ${words}\n# ${name}=${standard ?? example ?? ''}\n`).join('\n')

/** The table in docs/self-hosting.md. */
export const settingsTable = (): string =>
  '| setting | without it | what it is |\n|---|---|---|\n'
  + all.map(([name, { words, standard, example }]) => `| \`${name}\` | ${standard ? `\`${standard}\`` : '–'} | ${words}${example ? ` Example: \`${example}\`.` : ''} |`).join('\n')
