import { createContext, useContext, type ReactNode } from 'react'
import { useSay } from '#ui/speaking.tsx'

/** What is wrong, by field name, in words. '' is about the form as a whole. The shape of `Invalid.problems`. */
export type Problems = Readonly<Record<string, string>>
/** What the person had typed, by field name, so that nothing is typed twice. */
export type Values = Readonly<Record<string, string | readonly string[] | undefined>>

type FormFacts = { problems: Problems; values: Values; prefix: string }
const FormFacts = createContext<FormFacts>({ problems: {}, values: {}, prefix: '' })
export const useForm = (): FormFacts => useContext(FormFacts)

type Props = {
  /** Where it posts. Without it, to the page it stands on. */
  action?: string | undefined
  /** 'get' only for what changes nothing and holds no personal data. */
  method?: 'post' | 'get' | undefined
  problems?: Problems | undefined
  values?: Values | undefined
  /** What a field asks, by its name: stands before its problem at the top, where several say the same. */
  asked?: Readonly<Record<string, string>> | undefined
  /** Told apart from other forms on the page: goes before every field's id. */
  prefix?: string | undefined
  /** The name of the form for those who hear the page. */
  label?: string | undefined
  isMultipart?: boolean | undefined
  /** A page kept in the cache shows one form to everybody, and one key for everybody would refuse the second sender. */
  hasKey?: boolean | undefined
  /** Fields in a row rather than under each other: a filter, a search. */
  isInline?: boolean | undefined
  className?: string | undefined
  children: ReactNode
}

/** A form that works without script. It carries a key that makes sending it twice the same as once. */
export function Form({ action, method = 'post', problems = {}, values = {}, asked, prefix = '', label, isMultipart, hasKey = true, isInline, className, children }: Props) {
  return (
    <FormFacts value={{ problems, values, prefix }}>
      <form
        action={action} method={method} aria-label={label} noValidate
        className={[isInline ? 'form form-inline' : 'form', className].filter(Boolean).join(' ')}
        encType={isMultipart ? 'multipart/form-data' : undefined}
      >
        {method === 'post' && hasKey && <input type="hidden" name="_once" value={crypto.randomUUID()} />}
        {Object.keys(problems).length > 0 && <ErrorSummary problems={problems} asked={asked} prefix={prefix} />}
        {children}
      </form>
    </FormFacts>
  )
}

/** What is wrong, at the top, each line a link to its field. `<Form problems>` shows it by itself. */
export function ErrorSummary({ problems, asked = {}, prefix = '' }: { problems: Problems; asked?: Props['asked']; prefix?: string | undefined }) {
  const say = useSay()
  const count = Object.keys(problems).length
  const isOne = count === 1 && '' in problems
  return (
    <div className="error-summary" role="alert" tabIndex={-1} autoFocus>
      <p className="error-summary-title">{isOne ? problems[''] : say('ui.problems', { count })}</p>
      {!isOne && (
        <ul>
          {Object.entries(problems).map(([name, text]) => (
            <li key={name}>{name === '' ? text : <a href={`#${prefix}${name}`}>{asked[name] && `${asked[name]} `}{text}</a>}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
