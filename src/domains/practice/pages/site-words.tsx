import { Fragment, type ReactNode } from 'react'

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'yi'])
const link = /(https?:\/\/[^\s<>]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\(\d{3}\) \d{3}-\d{4}|\b1-\d{3}-\d{3}-\d{4})/

/** Addresses and telephone numbers in a running text become links. */
function linked(text: string): ReactNode {
  return text.split(link).map((part, index) => {
    if (index % 2 === 0) return part
    const href = part.startsWith('http') ? part : part.includes('@') ? `mailto:${part}` : `tel:+1${part.replace(/\D/g, '').slice(-10)}`
    return <a key={index} href={href}>{part}</a>
  })
}

type Block = { kind: 'heading' | 'paragraph' | 'foreign'; text: string; lang?: string } | { kind: 'list'; items: string[] }

/** Lines with light marks: '## ' a heading, '- ' a line of a list, '[vi] ' a paragraph in that language. Anything else is a paragraph. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.split('\n').map(part => part.trim()).filter(Boolean)) {
    const last = blocks.at(-1)
    const foreign = /^\[([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\]\s+(.*)$/.exec(line)
    if (line.startsWith('## ')) blocks.push({ kind: 'heading', text: line.slice(3) })
    else if (foreign) blocks.push({ kind: 'foreign', lang: foreign[1]!, text: foreign[2]! })
    else if (!line.startsWith('- ')) blocks.push({ kind: 'paragraph', text: line })
    else if (last?.kind === 'list') last.items.push(line.slice(2))
    else blocks.push({ kind: 'list', items: [line.slice(2)] })
  }
  return blocks
}

/** A text somebody wrote, as paragraphs, headings and lists. Nothing in it is ever taken as HTML. */
export function Prose({ text, lang, level = 2 }: { text: string; lang?: string | undefined; level?: 2 | 3 }) {
  const Heading = `h${level}` as const
  return (
    <div className="prose" lang={lang}>
      {blocksOf(text).map((block, index) => {
        if (block.kind === 'list') return <ul key={index}>{block.items.map((item, at) => <li key={at}>{linked(item)}</li>)}</ul>
        if (block.kind === 'heading') return <Heading key={index}>{block.text}</Heading>
        if (block.kind === 'foreign') return <Foreign key={index} lang={block.lang!} text={block.text} />
        return <p key={index}>{linked(block.text)}</p>
      })}
    </div>
  )
}

/** A line in another language, under that language's own name for itself. */
function Foreign({ lang, text }: { lang: string; text: string }) {
  return <p lang={lang} dir={rightToLeft.has(lang.slice(0, 2)) ? 'rtl' : undefined}><span className="foreign-name">{ownName(lang)}</span>{linked(text)}</p>
}
const ownNames = new Map<string, string>()
function ownName(lang: string): string {
  let name = ownNames.get(lang)
  if (name === undefined) ownNames.set(lang, name = new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang)
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1)
}

/** Only the paragraphs, for places that bring their own frame. */
export const Paragraphs = ({ text, lang }: { text: string; lang?: string | undefined }) => (
  <>{text.split(/\n+/).map(part => part.trim()).filter(Boolean).map((part, index) => <p key={index} lang={lang}>{linked(part)}</p>)}</>
)

/** 'a · b · c' with a line that may break between. */
export const Dotted = ({ parts }: { parts: readonly ReactNode[] }) => (
  <>{parts.map((part, index) => <Fragment key={index}>{index > 0 && ' · '}{part}</Fragment>)}</>
)
