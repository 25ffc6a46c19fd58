import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { discardFile, storeFile } from '#platform/store-file.ts'
import { mediaTypeOf } from './address-picture.ts'
import { editOwnWords, editWords } from './access.ts'
import { makeSlug } from './make-slug.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, type Fields, type Saved } from './read-fields.ts'
import type { Both, PictureFormat } from './shared.ts'
import { db } from './tables.ts'

export const mostPictureBytes = 15_000_000
const mostPixels = 50_000_000
const leastSide = 64
const widths = [320, 640, 1280]

/** What the bytes themselves say they are. A name or a header is not asked. */
export function sniffPicture(bytes: Buffer): 'jpeg' | 'png' | 'webp' | 'avif' | undefined {
  if (bytes.length < 16) return undefined
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return 'jpeg'
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'png'
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp'
  if (bytes.toString('latin1', 4, 8) === 'ftyp' && /^(avif|avis)$/.test(bytes.toString('latin1', 8, 12))) return 'avif'
  return undefined
}

export type ShrunkPicture = { width: number; height: number; forms: { width: number; format: PictureFormat; bytes: Buffer }[] }

/** Drawn anew in modern formats and a few widths: nothing that travelled inside the file (place, camera, script) is left. */
export async function shrinkPicture(bytes: Buffer): Promise<ShrunkPicture | undefined> {
  const { default: sharp } = await import('sharp')   // heavy, and only who draws needs it
  try {
    const source = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', animated: false }).rotate()
    const { data, info } = await source.resize({ width: 1280, withoutEnlargement: true }).png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true })
    if (info.width < leastSide || info.height < leastSide) return undefined
    const old: PictureFormat = info.channels === 4 && !(await sharp(data).stats()).isOpaque ? 'png' : 'jpeg'
    const forms: ShrunkPicture['forms'] = []
    for (const width of new Set(widths.map(wanted => Math.min(wanted, info.width)))) {
      const drawn = sharp(data).resize({ width })
      forms.push(
        { width, format: 'avif', bytes: await drawn.clone().avif({ quality: 55, effort: 1 }).toBuffer() },
        { width, format: 'webp', bytes: await drawn.clone().webp({ quality: 80 }).toBuffer() },
        { width, format: old, bytes: old === 'png' ? await drawn.clone().png({ palette: true }).toBuffer() : await drawn.clone().jpeg({ quality: 80, mozjpeg: true }).toBuffer() },
      )
    }
    return { width: info.width, height: info.height, forms }
  } catch {
    return undefined   // cut off, too many pixels, or no picture at all: the person is told the same
  }
}

/** Stores a picture that has been shrunk, with the words that stand for it. */
export async function writePicture(tx: Ctx, picture: ShrunkPicture, { name, alt }: { name: string; alt: Both }): Promise<string> {
  const { id } = await db(tx).insertInto('practice.picture').values({
    name: makeSlug(name), alt_en: alt.en, alt_es: alt.es, width: picture.width, height: picture.height, added_at: tx.now(), added_by: 'personId' in tx.actor ? tx.actor.personId : null,
  }).returning('id').executeTakeFirstOrThrow()
  for (const { width, format, bytes } of picture.forms) {
    const file = await storeFile(tx, bytes, { mediaType: mediaTypeOf(format) })
    await db(tx).insertInto('practice.picture_form').values({ picture_id: id, width, format, file_id: file.id }).execute()
  }
  return id
}

/** Takes in a picture from a form. Without words for those who cannot see it, it is not taken. */
export async function addPicture(ctx: Ctx<StaffActor>, bytes: Buffer, fields: Fields): Promise<Saved> {
  if (!may(ctx, editOwnWords)) mustBeAbleTo(ctx, editWords)
  const read = new FieldReader(fields)
  const name = read.text('name', { most: 60, need: 'Give it a short name, like “Front door”.' })
  const alt = read.pair('alt', { most: 300, need: 'Say what the picture shows, for those who cannot see it.' })
  if (bytes.length === 0) read.fail('file', 'Choose a picture from your device.')
  else if (bytes.length > mostPictureBytes) read.fail('file', 'This file is larger than 15 MB. Save it smaller and try again.')
  else if (!sniffPicture(bytes)) read.fail('file', 'This is not a JPEG, PNG, WebP or AVIF picture. Save it as one of these and try again.')
  if (!read.isGood) return read.unsaved
  const picture = await shrinkPicture(bytes)
  if (!picture) return { ok: false, problems: { file: 'This picture cannot be read: it is cut off, smaller than 64 pixels, or has more than 50 million.' } }
  return inTransaction(ctx, async tx => {
    const id = await writePicture(tx, picture, { name, alt })
    await noteChange(tx, 'picture', [id])
    return { ok: true, id }
  })
}

export function describePicture(ctx: Ctx<StaffActor>, id: string, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editWords)
  const read = new FieldReader(fields)
  const alt = read.pair('alt', { most: 300, need: 'Say what the picture shows, for those who cannot see it.' })
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    const saved = await db(tx).updateTable('practice.picture').set({ alt_en: alt.en, alt_es: alt.es }).where('id', '=', id).returning('id').executeTakeFirst()
    if (!saved) throw new NotFound()
    await noteChange(tx, 'picture', [id])
    return { ok: true, id }
  })
}

/** Throws a picture away, unless a page shows it. */
export function removePicture(ctx: Ctx<StaffActor>, id: string): Promise<{ ok: true } | { ok: false; reason: 'in-use' }> {
  mustBeAbleTo(ctx, editWords)
  return inTransaction(ctx, async tx => {
    const forms = await db(tx).selectFrom('practice.picture_form').select('file_id').where('picture_id', '=', id).execute()
    const gone = await attempt(tx, inner => db(inner).deleteFrom('practice.picture').where('id', '=', id).returning('id').executeTakeFirst())
    if (!gone.ok) return { ok: false, reason: 'in-use' }
    if (!gone.value) throw new NotFound()
    for (const { file_id } of forms) await discardFile(tx, file_id)
    await noteChange(tx, 'picture', [id], { isRemoved: true })
    return { ok: true }
  })
}
