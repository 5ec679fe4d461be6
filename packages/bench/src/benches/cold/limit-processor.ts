import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A group of processes that can be held to a share of one processor. */
export interface ProcessorLimit extends Disposable {
  /** Takes in a process, with the threads that it has and will have. */
  readonly add: (processId: number) => void
  /** At most so much of one processor from now on; 1 and more is no limit. */
  readonly set: (share: number) => void
}

/** The kernel hands out shares by periods. At its default of 100 ms a short invocation would never meet the limit. */
const periodMicroseconds = 20_000

/**
 * Makes a control group below the first place where this process may make one; `undefined` where there is none, as
 * outside Linux and without the right to write there. Root has it, and a user whose systemd delegates the processor.
 */
export function createProcessorLimit(): ProcessorLimit | undefined {
  for (const parent of places()) {
    const folder = join(parent, `secrets-cache-bench-${process.pid}`)
    try {
      mkdirSync(folder)
    } catch {
      continue
    }
    const limit = limitIn(folder)
    if (limit) return limit
    rmdirSync(folder)
  }
  return undefined
}

/** The limit of a control group; `undefined` where its parent hands out no share of the processor. */
export function limitIn(folder: string): ProcessorLimit | undefined {
  const write = (file: string, text: string | number) => writeFileSync(join(folder, file), `${text}`)
  const exists = (file: string) => existsSync(join(folder, file))
  const quotaOf = (share: number) => (share < 1 ? Math.round(share * periodMicroseconds) : undefined)
  const common = {
    add: (processId: number) => write('cgroup.procs', processId),
    [Symbol.dispose]: () => rmdirSync(folder),
  }
  if (exists('cpu.max')) {
    return { ...common, set: (share) => write('cpu.max', `${quotaOf(share) ?? 'max'} ${periodMicroseconds}`) }
  }
  if (!exists('cpu.cfs_quota_us')) return undefined
  write('cpu.cfs_period_us', periodMicroseconds)
  return { ...common, set: (share) => write('cpu.cfs_quota_us', quotaOf(share) ?? -1) }
}

function places(): readonly string[] {
  try {
    return placesIn(readFileSync('/proc/self/cgroup', 'utf8'), readFileSync('/proc/self/mounts', 'utf8'))
  } catch {
    return []
  }
}

/**
 * Where a control group may be made, by the kernel's lists of this process's groups and of the mounts. Version 2 has one
 * tree, of which the own group's parent may be delegated; version 1 has a tree for the processor.
 */
export function placesIn(groups: string, mounts: string): readonly string[] {
  const own = /^0::(.*)$/m.exec(groups)?.[1] ?? '/'
  return mounts.split('\n').flatMap((line) => {
    const [, mount = '', type, options = ''] = line.split(' ')
    if (type === 'cgroup2') return [join(mount, own, '..'), mount]
    return type === 'cgroup' && options.split(',').includes('cpu') ? [mount] : []
  })
}
