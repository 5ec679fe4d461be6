import { UsageError } from '../usage-error.ts'

/** A client's package is installed by who needs it. */
export async function load<Module>(module: Promise<Module>, name: string): Promise<Module> {
  try {
    return await module
  } catch {
    throw new UsageError(`${name} is not installed: npm i -D ${name}`)
  }
}
