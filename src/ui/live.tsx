import { createElement, type ReactNode } from 'react'

/** A part that keeps itself fresh while `events` (server-sent events) has something to say. Without script it is as fresh as its page. */
export const Live = ({ id, events, children }: { id: string; events: string; children: ReactNode }) => createElement('rapport-live', { id, events }, children)
