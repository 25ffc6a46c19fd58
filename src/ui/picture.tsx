export type PictureFacts = {
  src: string
  /** What the picture shows, in words. Empty only when it adds nothing to the words beside it. */
  alt: string
  width: number
  height: number
  sources?: readonly { type: string; srcSet: string }[] | undefined
  /** How wide it stands, as the `sizes` attribute says it. */
  sizes?: string | undefined
}

/** A picture in modern forms with the old one behind. `isFirst`: it is in the first screen and must not wait. */
export function Picture({ src, alt, width, height, sources = [], sizes, isFirst, className }: PictureFacts & { isFirst?: boolean | undefined; className?: string | undefined }) {
  return (
    <picture className={className}>
      {sources.map(source => <source key={source.type} type={source.type} srcSet={source.srcSet} sizes={sizes} />)}
      <img src={src} alt={alt} width={width} height={height} loading={isFirst ? undefined : 'lazy'} fetchPriority={isFirst ? 'high' : undefined} decoding="async" />
    </picture>
  )
}

const initialsOf = (name: string) => {
  const parts = name.replace(/^(Dr\.?|Dra\.?|Prof\.?)\s+/i, '').replace(/,.*$/, '').split(/\s+/).filter(Boolean)
  return ((parts[0]?.[0] ?? '') + (parts.length > 1 ? parts.at(-1)![0] : '')).toLocaleUpperCase()
}

/** A person's face, round, or the letters of the name. The name stands beside it, so a reader of the screen passes over it. */
export function Portrait({ name, picture, size = 'medium' }: { name: string; picture?: PictureFacts | undefined; size?: 'small' | 'medium' | 'large' | undefined }) {
  return (
    <span className={`portrait portrait-${size}`} aria-hidden={picture?.alt ? undefined : true}>
      {picture ? <Picture {...picture} /> : <span className="portrait-letters">{initialsOf(name)}</span>}
    </span>
  )
}
