import { Radios } from '#ui/choices.tsx'
import { plainHref } from '../address-picture.ts'
import type { PictureInfo } from '../shared.ts'

/** One of the practice's pictures, or none. */
export function PictureChoice({ name, label, hint, pictures }: { name: string; label: string; hint?: string; pictures: ReadonlyMap<string, PictureInfo> }) {
  return (
    <div className="picture-choice">
      <Radios
        name={name} label={label} isOptional isInline hint={hint ?? (pictures.size === 0 ? 'There are no pictures yet. Add one under Pictures first.' : undefined)}
        choices={[{ value: '', label: 'None' }, ...[...pictures.values()].map(picture => ({
          value: picture.id, label: <><img src={plainHref(picture, 320)} alt="" width={picture.width} height={picture.height} loading="lazy" /> <span className="picture-name">{picture.name.replaceAll('-', ' ')}</span></>,
        }))]}
      />
    </div>
  )
}
