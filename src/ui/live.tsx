import { createElement, type ReactNode } from 'react'

type Props = {
  id: string
  /** Where its server-sent events come from. */
  events: string
  /** What is said when one thing changed, and when several did: `#` stands for how many. */
  words?: { one: string; many: string }
  children: ReactNode
}

/** A part that keeps itself fresh while `events` has something to say. Without script it is as fresh as its page: give that a link with `data-refresh`. */
export const Live = ({ children, words, ...facts }: Props) => createElement('rapport-live', { ...facts, 'data-one': words?.one, 'data-many': words?.many }, children)
