import type { ReactNode } from 'react'
import { Actions, Button } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/fields.tsx'

type PairProps = { name: string; label: string; hint?: ReactNode; most: number; rows?: number; isOptional?: boolean }

/** The same words in both languages, side by side: `<name>-en` and `<name>-es`. Spanish may follow later. */
export function Pair({ name, label, hint, most, rows, isOptional }: PairProps) {
  const shared = { maxLength: most, hint }
  return (
    <div className="pair">
      {rows
        ? <TextArea name={`${name}-en`} label={label} rows={rows} isOptional={isOptional} {...shared} />
        : <Field name={`${name}-en`} label={label} isOptional={isOptional} {...shared} />}
      <div lang="es">
        {rows
          ? <TextArea name={`${name}-es`} label={<span lang="en">{label}, in Spanish</span>} rows={rows} maxLength={most} isOptional />
          : <Field name={`${name}-es`} label={<span lang="en">{label}, in Spanish</span>} maxLength={most} isOptional />}
      </div>
    </div>
  )
}

/** What is done with an entry of a list that has an order, sent as `do`: `save` (or what `saves` says), `up`, `remove`. A new one can only be added. */
export const EntryActions = ({ isNew, isFirst, saves = 'save' }: { isNew: boolean; isFirst: boolean; saves?: string }) => (
  <Actions>
    <Button name="do" value={saves}>{isNew ? 'Add it' : 'Save'}</Button>
    {!isNew && !isFirst && <Button kind="quiet" name="do" value="up">Move up</Button>}
    {!isNew && <Button kind="quiet" name="do" value="remove">Remove</Button>}
  </Actions>
)
