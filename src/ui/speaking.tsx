import { createContext, useContext, type ReactNode } from 'react'
import type { Say } from '#platform/words.ts'

const Speaker = createContext<Say | undefined>(undefined)

/** Gives every component below it the words of one language. The layouts do this; a test may. */
export const Speaking = ({ say, children }: { say: Say; children: ReactNode }) => <Speaker value={say}>{children}</Speaker>

/** The words of the page's language, for a component's own few phrases. */
export function useSay(): Say {
  const say = useContext(Speaker)
  if (!say) throw new Error('this component speaks: render it inside a layout or <Speaking>')
  return say
}
