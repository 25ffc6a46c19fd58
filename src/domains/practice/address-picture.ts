import type { Locale } from '#platform/words.ts'
import type { PictureFacts } from '#ui/picture.tsx'
import { inLocale, type PictureFormat, type PictureInfo } from './shared.ts'

const mediaTypes: Record<PictureFormat, string> = { avif: 'image/avif', webp: 'image/webp', jpeg: 'image/jpeg', png: 'image/png' }
export const mediaTypeOf = (format: PictureFormat): string => mediaTypes[format]
const endings: Record<PictureFormat, string> = { avif: 'avif', webp: 'webp', jpeg: 'jpg', png: 'png' }

/** Its address for ever: the id changes with the bytes, so browsers may keep it. */
export const pictureHref = ({ id, name }: Pick<PictureInfo, 'id' | 'name'>, width: number, format: PictureFormat): string => `/pictures/${id}/${name}-${width}.${endings[format]}`

/** The form that an address asks for. */
export function formAt(picture: PictureInfo, fileName: string): PictureInfo['forms'][number] | undefined {
  return picture.forms.find(({ width, format }) => fileName === `${picture.name}-${width}.${endings[format]}`)
}

const oldFormats: readonly PictureFormat[] = ['jpeg', 'png']

/** As pages show it: modern forms first, the old one behind. `sizes` says how wide it stands. */
export function pictureFacts(picture: PictureInfo, locale: Locale, sizes: string): PictureFacts {
  const old = picture.forms.filter(({ format }) => oldFormats.includes(format)).at(-1)
  if (!old) throw new Error('a picture has no form for old browsers')
  const modern = (['avif', 'webp'] as const).map(format => ({
    type: mediaTypes[format],
    srcSet: picture.forms.filter(form => form.format === format).map(({ width }) => `${pictureHref(picture, width, format)} ${width}w`).join(', '),
  }))
  return { src: pictureHref(picture, old.width, old.format), alt: inLocale(picture.alt, locale), width: picture.width, height: picture.height, sources: modern.filter(({ srcSet }) => srcSet !== ''), sizes }
}

/** The smallest form at least that wide, in a format that everything can show: for link previews and structured data. */
export function plainHref(picture: PictureInfo, leastWidth: number): string {
  const old = picture.forms.filter(({ format }) => oldFormats.includes(format))
  const form = old.find(({ width }) => width >= leastWidth) ?? old.at(-1)
  if (!form) throw new Error('a picture has no form for old browsers')
  return pictureHref(picture, form.width, form.format)
}
