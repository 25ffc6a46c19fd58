import { join } from 'node:path'
import sharp from 'sharp'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { root } from '#platform/root.ts'
import { fillNotice, foundPractice, noticeKinds, usHolidays, type Founded, type PracticeSeed } from '#practice'
import { demoPictures, demoPracticeFacts } from './practice.data.ts'

/** What the notices of the demo call the practice; the site's own address is filled in by the house that runs it. */
const known = (siteUrl: string) => ({
  practice: 'Kestrel Family Medicine', phone: '(802) 555-0100', email: 'desk@kestrel.example.com', address: '12 Gristmill Lane, Alder Falls, VT 05990', officer: 'Imani Foxgrove', site: siteUrl,
})

const drawn = (file: string): Promise<Buffer> => sharp(join(root, 'demo/pictures', file)).resize({ width: file === 'mark.svg' ? 320 : 1280, withoutEnlargement: true }).png().toBuffer()

async function picturesOf(): Promise<NonNullable<PracticeSeed['pictures']>> {
  const pictures = demoPictures.map(async ({ key, file, name, alt }) => [key, { name, alt, bytes: await drawn(file) }] as const)
  return Object.fromEntries(await Promise.all(pictures))
}

/** The demo practice, complete: for this year and the next its holidays, and notices in force since the year began. */
export async function makeDemoPractice(ctx: Ctx<SystemActor>): Promise<Founded> {
  const year = ctx.now().getUTCFullYear()
  const since = `${year}-01-02`
  const facts = known(ctx.house.config.publicUrl)
  return foundPractice(ctx, {
    ...demoPracticeFacts,
    pictures: await picturesOf(),
    exceptions: [...usHolidays(year), ...usHolidays(year + 1), ...eves(year)],
    notices: Object.fromEntries(noticeKinds.map(kind => [kind, { words: fillNotice(kind, facts), effectiveOn: since }])),
  })
}

/** The days before Christmas and New Year end at noon in Alder Falls, as long as they are weekdays. */
function eves(year: number): NonNullable<PracticeSeed['exceptions']> {
  return [[`${year}-12-24`, 'Christmas Eve', 'Nochebuena'], [`${year}-12-31`, 'New Year’s Eve', 'Fin de año']]
    .filter(([day]) => ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()))
    .map(([day, en, es]) => ({ day: day!, name: { en: en!, es: es! }, periods: [{ opens: 480, closes: 720 }], location: 'alder-falls' }))
}
