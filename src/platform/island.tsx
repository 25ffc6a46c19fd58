import { randomUUID } from 'node:crypto'
import { createElement, type ComponentType } from 'react'
import { renderToString } from 'react-dom/server'
import { asset } from '#platform/assets.ts'

type Props<P> = {
  of: ComponentType<P>
  /** The path of its file below src/domains (or src, for home) without `.island.tsx`: 'records/pages/note-marker'. */
  name: string
  /** Plain JSON. */
  props: P
}

/** A part of a page that needs hands: rendered here like everything else, then woken in the browser by src/client. */
export function Island<P extends object>({ of: Component, name, props }: Props<P>) {
  asset(name.startsWith('home/') ? `src/${name}.island.tsx` : `src/domains/${name}.island.tsx`)   // says so now, not in the browser, when the name is wrong
  const prefix = randomUUID().slice(0, 8)   // two islands of a kind on one page must not share ids
  return createElement('rapport-island', {
    name,
    prefix,
    props: JSON.stringify(props),
    dangerouslySetInnerHTML: { __html: renderToString(<Component {...props} />, { identifierPrefix: prefix }) },
  })
}
