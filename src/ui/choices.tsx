import type { ReactNode } from 'react'
import { FieldError, FieldFrame, Optional, useField, type FieldWords } from '#ui/field-frame.tsx'

export type Choice = { value: string; label: ReactNode; hint?: ReactNode }

type SelectChoice = { value: string; label: string; group?: string | undefined }

/** One of many. Up to five choices read better as `Radios`. */
export function Select({ name, label, hint, error, isOptional, isLabelHidden, value, choices, emptyLabel, size = 'medium' }: FieldWords & {
  value?: string | undefined
  /** Choices that name the same group stand together under its name. */
  choices: readonly SelectChoice[]
  /** The first line, which chooses nothing. */
  emptyLabel?: string | undefined
  size?: 'short' | 'medium' | 'full' | undefined
}) {
  const facts = useField({ name, error, hint })
  return (
    <FieldFrame {...{ facts, label, hint, isOptional, isLabelHidden }}>
      <select
        name={name} id={facts.id} className={`input input-${size}`} defaultValue={typeof facts.typed === 'string' ? facts.typed : value}
        aria-describedby={facts.describedBy} aria-invalid={facts.error ? true : undefined} required={!isOptional || undefined}
      >
        {emptyLabel !== undefined && <option value="">{emptyLabel}</option>}
        {[...Map.groupBy(choices, choice => choice.group)].map(([group, of]) => (group === undefined ? <Options key="" choices={of} /> : <optgroup key={group} label={group}><Options choices={of} /></optgroup>))}
      </select>
    </FieldFrame>
  )
}

const Options = ({ choices }: { choices: readonly SelectChoice[] }) => choices.map(choice => <option key={choice.value} value={choice.value}>{choice.label}</option>)

type GroupProps = FieldWords & { choices: readonly Choice[]; isInline?: boolean | undefined }

/** One of a few, all in sight. */
export const Radios = ({ value, ...props }: GroupProps & { value?: string | undefined }) => <Group {...props} kind="radio" chosen={value === undefined ? [] : [value]} />

/** Any of a few. The form sends the name once for each that is chosen. */
export const Checkboxes = ({ values = [], ...props }: GroupProps & { values?: readonly string[] | undefined }) => <Group {...props} kind="checkbox" chosen={values} />

function Group({ name, label, hint, error, isOptional, isLabelHidden, choices, chosen, kind, isInline }: GroupProps & { kind: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  const facts = useField({ name, error, hint })
  const typed = facts.typed === undefined ? (facts.isSent ? [] : chosen) : typeof facts.typed === 'string' ? [facts.typed] : facts.typed
  return (
    <fieldset className={facts.error ? 'field field-wrong' : 'field'} aria-describedby={facts.describedBy}>
      <legend className={isLabelHidden ? 'unseen' : undefined}>{label}{isOptional && <Optional />}</legend>
      {hint && <p className="field-hint" id={facts.hintId}>{hint}</p>}
      {facts.error && <FieldError id={facts.errorId}>{facts.error}</FieldError>}
      <div className={isInline ? 'choices choices-inline' : 'choices'}>
        {choices.map((choice, index) => (
          <ChoiceLine
            key={choice.value} {...{ name, kind, choice }} isChosen={typed.includes(choice.value)} isRequired={kind === 'radio' && !isOptional}
            id={index === 0 ? facts.id : `${facts.id}-${choice.value}`}
          />
        ))}
      </div>
    </fieldset>
  )
}

type LineProps = { id: string; name: string; kind: 'radio' | 'checkbox'; choice: Choice; isChosen: boolean; isRequired?: boolean; describedBy?: string | undefined }

function ChoiceLine({ id, name, kind, choice, isChosen, isRequired, describedBy }: LineProps) {
  const described = [choice.hint && `${id}-hint`, describedBy].filter(Boolean).join(' ') || undefined
  return (
    <div className="choice">
      <input type={kind} name={name} value={choice.value} id={id} defaultChecked={isChosen} required={isRequired || undefined} aria-describedby={described} />
      <label htmlFor={id}>{choice.label}</label>
      {choice.hint && <p className="choice-hint" id={`${id}-hint`}>{choice.hint}</p>}
    </div>
  )
}

/** One yes. */
export function Checkbox({ name, label, hint, error, value = 'yes', isChecked }: FieldWords & { value?: string | undefined; isChecked?: boolean | undefined }) {
  const facts = useField({ name, error, hint: undefined })
  const isChosen = facts.isSent ? facts.typed === value : isChecked ?? false
  return (
    <div className={facts.error ? 'field field-wrong' : 'field'}>
      {facts.error && <FieldError id={facts.errorId}>{facts.error}</FieldError>}
      <ChoiceLine {...{ name, isChosen }} id={facts.id} kind="checkbox" choice={{ value, label, hint }} describedBy={facts.describedBy} />
    </div>
  )
}
