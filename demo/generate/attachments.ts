import type { Attachment } from '@medplum/fhirtypes'
import { instant } from './practice-clock.ts'
import { smallPdf } from './small-pdf.ts'

export const textAttachment = (text: string, title: string, at: number): Attachment =>
  ({ contentType: 'text/plain', data: Buffer.from(text, 'utf8').toString('base64'), title, creation: instant(at) })

export const htmlAttachment = (html: string, title: string, at: number): Attachment =>
  ({ contentType: 'text/html', data: Buffer.from(html, 'utf8').toString('base64'), title, creation: instant(at) })

export const pdfAttachment = (lines: readonly string[], title: string, at: number): Attachment =>
  ({ contentType: 'application/pdf', data: smallPdf(lines), title, creation: instant(at) })
