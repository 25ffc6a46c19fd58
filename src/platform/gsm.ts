/** What one text of 160 letters can hold (3GPP TS 23.038, 6.2.1). A single other letter makes it one of 70, and several texts of one message. */
const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà')
const twice = new Set('^{}\\[~]|€')
const instead: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '“': '"', '”': '"', '«': '"', '»': '"', '–': '-', '—': '-', '‑': '-', '…': '...', '·': '-', '•': '*' }

/** The same in those letters: accents that it lacks are left out, as people leave them out; what has no letter is a question mark. */
export const toGsm = (text: string): string => [...text.normalize('NFC')].map(letter => {
  if (basic.has(letter) || twice.has(letter)) return letter
  const [known] = [instead[letter] ?? (/\s/u.test(letter) ? ' ' : undefined)]
  if (known !== undefined) return known
  const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '')
  return bare !== '' && [...bare].every(one => basic.has(one)) ? bare : /\p{M}|\p{Cf}/u.test(letter) ? '' : '?'
}).join('')

/** How many of the 160 it takes; nothing where it holds a letter that does not fit in. */
export function gsmLength(text: string): number | undefined {
  let length = 0
  for (const letter of text) {
    if (twice.has(letter)) length += 2
    else if (basic.has(letter)) length++
    else return undefined
  }
  return length
}
