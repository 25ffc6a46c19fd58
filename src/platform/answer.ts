import type { ReactElement } from 'react'

/** What a page answers: something to show, somewhere to go, or a file. */
export type View = { status: number; element: ReactElement; headers?: Record<string, string>; validUntil?: Date }
export type SeeOther = { seeOther: string; headers?: Record<string, string> }
export type FileAnswer = { bytes: Buffer; mediaType: string; name?: string; status?: number; headers?: Record<string, string>; validUntil?: Date }
export type Answer = View | SeeOther | FileAnswer

type Extras = { status?: number; headers?: Record<string, string>; validUntil?: Date }
export const show = (element: ReactElement, { status = 200, ...extras }: Extras = {}): View => ({ status, element, ...extras })
/** Go there next, by GET. Always a path of this house, never an address from outside. */
export const seeOther = (path: string, headers?: Record<string, string>): SeeOther => {
  if (!/^\/(?![/\\])/.test(path)) throw new Error('seeOther takes a path')
  return { seeOther: path, ...(headers && { headers }) }
}
/** Bytes with a type. With a name it is saved, without it is shown. */
export const file = (bytes: Buffer | string, mediaType: string, extras: { name?: string } & Extras = {}): FileAnswer =>
  ({ bytes: Buffer.from(bytes as string), mediaType, ...extras })
