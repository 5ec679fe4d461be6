/** What can be wanted of `run --watch`, by its key. */
export const COMMANDS = {
  '': { name: 'again', about: 'invokes again' },
  c: { name: 'cold', about: 'invokes in a new environment: a new process, an empty layer' },
  f: { name: 'forget', about: 'invokes after the layer and the function have forgotten what they hold' },
  r: {
    name: 'rotate',
    about: 'rotates a value in the simulated account; the values file stays',
  },
  d: { name: 'deny', about: 'denies a value to the function, or allows it again' },
  n: {
    name: 'not ready',
    about: 'as c, with a layer that is not ready for 500 ms after INIT',
  },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly about: string }>>

export type CommandName = (typeof COMMANDS)[keyof typeof COMMANDS]['name']

export interface Command {
  readonly name: CommandName
  /** The id that was named with it. */
  readonly id?: string | undefined
}

/** As people read it: `Enter`, `c`. */
export const shownKey = (key: string): string => (key === '' ? 'Enter' : key)

/** The command of a key, if it has one. */
export const commandOf = (key: string): Command | undefined =>
  Object.hasOwn(COMMANDS, key) ? { name: COMMANDS[key as keyof typeof COMMANDS].name } : undefined

/** Reads a line such as `f` or `r prod/orders/db`; undefined when it is no command. */
export const readCommandLine = (line: string): Command | undefined => {
  const [key = '', id] = line.trim().split(/\s+/)
  const command = commandOf(key)
  return command && { ...command, id }
}
