import PDFDocument from 'pdfkit'
import type { ToldPart } from './tell-record.ts'

/** What stands on the first page and over each part. */
export type PrintWords = { title: string; made: string; notice: string | null; part: (part: ToldPart['part']) => string }


/** The record as a PDF to read and print: tagged, with a language and a title. */
export function printRecord(parts: readonly ToldPart[], say: PrintWords, locale: 'en' | 'es'): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'LETTER', margin: 54, tagged: true, lang: locale === 'es' ? 'es-US' : 'en-US', displayTitle: true, info: { Title: say.title }, pdfVersion: '1.7', bufferPages: true })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
  const plain = (text: string) => text.replace(/[\u0000-\u0008\u000b-\u001f]/g, ' ')
  pdf.font('Helvetica-Bold').fontSize(20).text(plain(say.title))
  pdf.moveDown(0.3).font('Helvetica').fontSize(11).text(plain(say.made))
  if (say.notice) pdf.moveDown(0.5).font('Helvetica-Bold').text(plain(say.notice))
  for (const { part, lines } of parts) {
    pdf.moveDown(1).font('Helvetica-Bold').fontSize(15).text(plain(say.part(part)))
    for (const line of lines) {
      pdf.moveDown(0.45).font('Helvetica-Bold').fontSize(11).text(plain(line.title), { continued: line.when !== null })
      if (line.when !== null) pdf.font('Helvetica').text(plain(`   ${line.when}`))
      pdf.font('Helvetica').fontSize(11)
      for (const words of line.words) pdf.text(plain(words), { indent: 12 })
    }
  }
  pdf.end()
  return done
}
