import type { ReactNode } from 'react'
import { useForm } from '#ui/form.tsx'
import { useSay } from '#ui/speaking.tsx'

/** What every field shares: its words. `name` finds its problem and what was typed in the form around it. */
export type FieldWords = {
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  isOptional?: boolean | undefined
  /** For those who hear the page only: where the place already says what it is. */
  isLabelHidden?: boolean | undefined
}

export type FieldFacts = { id: string; error: string | undefined; typed: string | readonly string[] | undefined; isSent: boolean; describedBy: string | undefined; hintId: string; errorId: string }

export function useField({ name, error, hint, also }: Pick<FieldWords, 'name' | 'error' | 'hint'> & { also?: string | false | undefined }): FieldFacts {
  const form = useForm()
  const id = `${form.prefix}${name}`
  const problem = error ?? form.problems[name]
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [hint && hintId, problem && errorId, also && `${id}-${also}`].filter(Boolean).join(' ') || undefined
  return { id, error: problem, typed: form.values[name], isSent: Object.keys(form.values).length > 0, describedBy, hintId, errorId }
}

export const FieldError = ({ id, children }: { id: string; children: ReactNode }) => <p className="field-error" id={id}>{children}</p>

export function Optional() {
  return <span className="field-optional"> {useSay()('ui.optional')}</span>
}

type FrameProps = Pick<FieldWords, 'label' | 'hint' | 'isOptional' | 'isLabelHidden'> & { facts: FieldFacts; className?: string | undefined; children: ReactNode; after?: ReactNode }

/** A label, a hint, what is wrong, then the control. */
export function FieldFrame({ facts, label, hint, isOptional, isLabelHidden, className, children, after }: FrameProps) {
  return (
    <div className={['field', facts.error && 'field-wrong', className].filter(Boolean).join(' ')}>
      <label htmlFor={facts.id} className={isLabelHidden ? 'unseen' : undefined}>{label}{isOptional && <Optional />}</label>
      {hint && <p className="field-hint" id={facts.hintId}>{hint}</p>}
      {facts.error && <FieldError id={facts.errorId}>{facts.error}</FieldError>}
      {children}
      {after}
    </div>
  )
}
