/** A message as its separators cut it: nothing is thrown away, and what is not there reads as ''. Pure. Source: HL7 v2.5.1, chapter 2. */
export type Segment = { name: string; fields: readonly string[] }
export type Message = { segments: readonly Segment[]; marks: Marks }
type Marks = { field: string; component: string; repetition: string; escape: string; subcomponent: string }
export type Unreadable = { ok: false; reason: string }

const charsets: Readonly<Record<string, string>> = { '8859/1': 'windows-1252', ASCII: '', '': '', 'UNICODE UTF-8': 'utf-8', 'UTF-8': 'utf-8', UTF8: 'utf-8', UNICODE: 'utf-8', 'ISO IR6': '', 'ISO IR100': 'windows-1252', 'WINDOWS-1252': 'windows-1252', '8859/15': 'iso-8859-15', '8859/2': 'iso-8859-2', '8859/9': 'iso-8859-9' }

/** The text of what came, by the character set that MSH-18 names; where it names none, UTF-8 if it is that, else windows-1252. */
export function decode(raw: Uint8Array): { ok: true; text: string } | Unreadable {
  const head = Buffer.from(raw.subarray(0, 4_096)).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
  const start = head.indexOf('MSH')
  const mark = head[start + 3] ?? '|'
  const named = start < 0 ? '' : (head.slice(start).split(/[\r\n]/)[0]!.split(mark)[17] ?? '').split(/[~^]/)[0]!.trim().toUpperCase()
  const charset = charsets[named]
  if (charset === undefined) return { ok: false, reason: `is in a character set that cannot be read (${named.slice(0, 30)})` }
  const read = (label: string, fatal: boolean) => new TextDecoder(label, { fatal }).decode(raw)
  if (charset && charset !== 'utf-8') return { ok: true, text: read(charset, false) }
  try { return { ok: true, text: read('utf-8', true) } } catch {
    return charset === 'utf-8' ? { ok: false, reason: 'says that it is UTF-8 and is not' } : { ok: true, text: read('windows-1252', false) }
  }
}

/** The messages of a file or a batch: FHS, BHS, BTS and FTS are envelopes. */
export function splitBatch(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/[\r\n]+(?=MSH)/).map(part => part.replace(/(?:^|[\r\n]+)(?:FHS|BHS|BTS|FTS)[^\r\n]*(?=[\r\n]|$)/g, '').replace(/^\s+/, '')).filter(part => part.startsWith('MSH'))
}

export function parseMessage(text: string): { ok: true; message: Message } | Unreadable {
  if (!/^MSH[^A-Za-z0-9\s]/.test(text)) return { ok: false, reason: 'does not begin with MSH' }
  const field = text[3]!
  const declared = text.slice(4).split(field, 1)[0]!
  const [component = '^', repetition = '~', escape = '\\', subcomponent = '&'] = declared
  const marks = { field, component, repetition, escape, subcomponent }
  if (declared === '' || new Set(Object.values(marks)).size !== 5 || /[A-Za-z0-9\s]/.test(declared)) return { ok: false, reason: 'names separators that cannot be told apart' }
  const segments = text.split(/\r\n|\r|\n/).map(line => line.replace(/^\s+/, '')).filter(line => /^[A-Z][A-Z0-9]{2}/.test(line)).map(line => {
    const fields = line.split(field)
    // MSH-1 is the separator itself, so that its fields count from it.
    return { name: fields[0]!, fields: fields[0] === 'MSH' ? ['MSH', field, ...fields.slice(1)] : fields }
  })
  return { ok: true, message: { segments, marks } }
}

/** What an escape sequence stands for. One that nobody knows says nothing. */
export function unescape(text: string, { field, component, repetition, escape, subcomponent }: Marks): string {
  if (!text.includes(escape)) return text
  const known: Record<string, string> = { F: field, S: component, T: subcomponent, R: repetition, E: escape, '.br': '\n', '.sp': '\n', '.in': '', '.ti': '', H: '', N: '' }
  const parts = text.split(escape)
  let said = parts[0]!
  for (let i = 1; i < parts.length; i += 2) {
    const code = parts[i]!
    if (i === parts.length - 1) { said += escape + code; break }   // it was never closed: it is a letter
    if (/^X(?:[0-9A-Fa-f]{2})+$/.test(code)) said += Buffer.from(code.slice(1), 'hex').toString('latin1').replaceAll('\0', '').replace(/\r\n?/g, '\n')
    else if (/^\.sp\+?\d*$/.test(code)) said += '\n'
    else said += known[code] ?? ''
    said += parts[i + 1] ?? ''
  }
  return said
}

/** Reads one segment: `at(3)` is the first repetition's first part, `at(3, 2)` its second, `at(3, 4, 2)` a part of that. '""' means: nothing. */
export class Reader {
  readonly segment: Segment
  readonly marks: Marks
  constructor(segment: Segment, marks: Marks) { this.segment = segment; this.marks = marks }
  get name(): string { return this.segment.name }
  raw(field: number): string { return this.segment.fields[field] ?? '' }
  all(field: number): string[] { const raw = this.raw(field); return raw === '' ? [] : raw.split(this.marks.repetition) }
  part(repetition: string, component: number, subcomponent = 1): string {
    const text = unescape((repetition.split(this.marks.component)[component - 1] ?? '').split(this.marks.subcomponent)[subcomponent - 1] ?? '', this.marks).trim()
    return text === '""' ? '' : text
  }
  at(field: number, component = 1, subcomponent = 1): string { return this.part(this.all(field)[0] ?? '', component, subcomponent) }
  /** A field that is text: all its repetitions, each on a line, separators that were not escaped left in. */
  text(field: number): string { return this.all(field).map(one => unescape(one, this.marks)).join('\n').trimEnd() }
}

export const readersOf = ({ segments, marks }: Message): Reader[] => segments.map(segment => new Reader(segment, marks))

/** The other way, for acknowledgements and tests: plain text as a part of a field. */
export const escapePart = (text: string): string =>
  text.replace(/[\\|^~&\r\n]/g, found => ({ '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '~': '\\R\\', '&': '\\T\\', '\r': '', '\n': '\\.br\\' })[found]!)
