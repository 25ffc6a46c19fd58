import type { Context } from 'hono'

/** Whether a page of ours reads itself again. */
export const isQuiet = (c: Context): boolean => c.req.header('rapport-live') !== undefined

/** Whether a state change comes from one of our own pages. Browsers say so in Origin; a request that says nothing is refused. */
export function isFromOurPages(headers: Headers, origins: readonly string[], host: string | undefined): boolean {
  const origin = headers.get('origin')
  if (origin !== null) {
    if (origins.includes(origin)) return true
    try {
      const { hostname, host: originHost } = new URL(origin)
      return originHost === host && isLoopbackName(hostname)
    } catch {
      return false
    }
  }
  return headers.get('sec-fetch-site') === 'same-origin'
}

const isLoopbackName = (name: string) => name === 'localhost' || name === '127.0.0.1' || name === '[::1]'

export type FormOutcome = { ok: true; form: FormData } | { ok: false; status: 411 | 413 | 415 }

/** Reads a form no longer than `mostBytes`. The length must be announced, and is counted while reading all the same. */
export async function readForm(c: Context, mostBytes: number): Promise<FormOutcome> {
  const { headers, body } = c.req.raw
  const type = headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type)) return { ok: false, status: 415 }
  const announced = headers.get('content-length')
  if (announced === null) return { ok: false, status: 411 }
  if (!/^\d+$/.test(announced) || Number(announced) > mostBytes) return { ok: false, status: 413 }
  try {
    const bytes = body ? await new Response(body).arrayBuffer() : new ArrayBuffer(0)
    if (bytes.byteLength > mostBytes) return { ok: false, status: 413 }
    return { ok: true, form: withoutNulls(await new Response(bytes, { headers: { 'content-type': type } }).formData()) }
  } catch {
    return { ok: false, status: 415 }
  }
}

/** What stands behind the address. Pages look up what was just done by `said`: words that every object knows of itself are none. */
export function queryOf({ searchParams }: URL): URLSearchParams {
  if ((searchParams.get('said') ?? '') in Object.prototype) searchParams.delete('said')
  return searchParams
}

/** The database takes no NUL in text, and no person means one. */
function withoutNulls(form: FormData): FormData {
  if (![...form.values()].some(value => typeof value === 'string' && value.includes('\0'))) return form
  const clean = new FormData()
  for (const [name, value] of form) clean.append(name, typeof value === 'string' ? value.replaceAll('\0', '') : value)
  return clean
}
