import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageProblem } from './command.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Read<O extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>>

/** What was typed: values by name, and the rest in order. What is not known is answered with the usage. */
export function readArgs<const O extends Options>(args: readonly string[], options: O): Read<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true }) as Read<O>
  } catch (error) {
    throw new UsageProblem((error as Error).message)
  }
}

/** The same for a command that takes no word without a name. */
export function readOptions<const O extends Options>(args: readonly string[], options: O): Read<O>['values'] {
  const { values, positionals } = readArgs(args, options)
  if (positionals.length > 0) throw new UsageProblem(`"${positionals[0]}" is not understood here.`)
  return values
}
