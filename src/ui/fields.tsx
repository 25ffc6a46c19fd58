import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import { FieldFrame, useField, type FieldWords } from '#ui/field-frame.tsx'

type Length = { maxLength?: number | undefined; minLength?: number | undefined }

export type FieldProps = FieldWords & Length & {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password' | 'number' | 'time' | 'color' | undefined
  value?: string | number | undefined
  autoComplete?: HTMLInputAutoCompleteAttribute | undefined
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | 'search' | undefined
  min?: string | number | undefined
  max?: string | number | undefined
  step?: string | number | undefined
  placeholder?: string | undefined
  spellCheck?: boolean | undefined
  autoCapitalize?: 'none' | 'words' | 'sentences' | undefined
  /** How much is typed, not how much room there is. */
  size?: 'short' | 'medium' | 'full' | undefined
  isReadOnly?: boolean | undefined
  isFirst?: boolean | undefined
  /** After the box: a unit, a way to look it up. */
  suffix?: ReactNode
}

const one = (typed: string | readonly string[] | undefined): string | undefined => (typeof typed === 'string' ? typed : typed?.[0])

/** One line of text. A password is never given back. */
export function Field({ name, label, hint, error, isOptional, isLabelHidden, type = 'text', value, size = 'full', isReadOnly, isFirst, suffix, ...rest }: FieldProps) {
  const facts = useField({ name, error, hint })
  const input = (
    <input
      {...rest} type={type} name={name} id={facts.id} className={`input input-${size}`}
      defaultValue={type === 'password' ? undefined : one(facts.typed) ?? value}
      aria-describedby={facts.describedBy} aria-invalid={facts.error ? true : undefined} required={(!isOptional && type !== 'search') || undefined} readOnly={isReadOnly} autoFocus={isFirst}
    />
  )
  return (
    <FieldFrame {...{ facts, label, hint, isOptional, isLabelHidden }}>
      {suffix ? <div className="input-with-suffix">{input}<span className="input-suffix">{suffix}</span></div> : input}
    </FieldFrame>
  )
}

/** The browser's own date field. `value`, `min` and `max` as 2026-11-30. */
export function DateField({ name, label, hint, error, isOptional, isLabelHidden, value, ...rest }: FieldWords & { value?: string | undefined; min?: string | undefined; max?: string | undefined; autoComplete?: string | undefined }) {
  const facts = useField({ name, error, hint })
  return (
    <FieldFrame {...{ facts, label, hint, isOptional, isLabelHidden }}>
      <input
        {...rest} type="date" name={name} id={facts.id} className="input input-short" defaultValue={one(facts.typed) ?? value}
        aria-describedby={facts.describedBy} aria-invalid={facts.error ? true : undefined} required={!isOptional || undefined}
      />
    </FieldFrame>
  )
}

/** Several lines. `standing` is the line that always stands under a free text: who reads it and when. */
export function TextArea({ name, label, hint, error, isOptional, isLabelHidden, value, rows = 5, standing, ...rest }: FieldWords & Length & { value?: string | undefined; rows?: number | undefined; standing?: ReactNode; placeholder?: string | undefined }) {
  const facts = useField({ name, error, hint, also: standing ? 'standing' : false })
  return (
    <FieldFrame {...{ facts, label, hint, isOptional, isLabelHidden }} after={standing && <p className="field-standing" id={`${facts.id}-standing`}>{standing}</p>}>
      <textarea
        {...rest} name={name} id={facts.id} rows={rows} className="input" defaultValue={one(facts.typed) ?? value}
        aria-describedby={facts.describedBy} aria-invalid={facts.error ? true : undefined} required={!isOptional || undefined}
      />
    </FieldFrame>
  )
}

/** A file from the person's own device. Its form is `isMultipart`. */
export function FileField({ name, label, hint, error, isOptional, isLabelHidden, accept }: FieldWords & { accept?: string | undefined }) {
  const facts = useField({ name, error, hint })
  return (
    <FieldFrame {...{ facts, label, hint, isOptional, isLabelHidden }}>
      <input type="file" name={name} id={facts.id} accept={accept} className="input input-file" aria-describedby={facts.describedBy} aria-invalid={facts.error ? true : undefined} required={!isOptional || undefined} />
    </FieldFrame>
  )
}
