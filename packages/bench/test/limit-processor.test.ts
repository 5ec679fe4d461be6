import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { limitIn, placesIn } from '../src/benches/cold/limit-processor.ts'

// The files of control groups as the kernel has them. That a kernel with version 2 obeys them was not verified.

describe('placesIn', () => {
  it('is next to the own group and at the root of version 2', () => {
    const groups = '0::/user.slice/user-1000.slice/session-1.scope\n'
    const mounts = [
      'proc /proc proc rw,nosuid 0 0',
      'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime,nsdelegate 0 0',
    ]
    expect(placesIn(groups, mounts.join('\n'))).toEqual([
      '/sys/fs/cgroup/user.slice/user-1000.slice',
      '/sys/fs/cgroup',
    ])
  })

  it("is the processor's tree of version 1, and no other", () => {
    const groups = '4:memory:/\n3:cpu,cpuacct:/\n'
    const mounts = [
      'cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0',
      'cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0',
      'cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0',
    ]
    expect(placesIn(groups, mounts.join('\n'))).toEqual(['/sys/fs/cgroup/cpu,cpuacct'])
  })

  it('is nowhere without control groups', () => {
    expect(placesIn('', '')).toEqual([])
  })
})

describe('limitIn', () => {
  let parent: string
  beforeAll(() => {
    parent = mkdtempSync(join(tmpdir(), 'secrets-cache-groups-'))
  })
  afterAll(() => rmSync(parent, { recursive: true }))

  function group(name: string, files: readonly string[]) {
    const folder = join(parent, name)
    mkdirSync(folder)
    for (const file of ['cgroup.procs', ...files]) writeFileSync(join(folder, file), '')
    return { limit: limitIn(folder), read: (file: string) => readFileSync(join(folder, file), 'utf8') }
  }

  it('writes quota and period in one file of version 2', () => {
    const { limit, read } = group('two', ['cpu.max'])
    limit?.add(4711)
    expect(read('cgroup.procs')).toBe('4711')
    limit?.set(0.25)
    expect(read('cpu.max')).toBe('5000 20000')
    limit?.set(1)
    expect(read('cpu.max')).toBe('max 20000')
  })

  it('writes them in two of version 1', () => {
    const { limit, read } = group('one', ['cpu.cfs_quota_us', 'cpu.cfs_period_us'])
    limit?.set(0.25)
    expect([read('cpu.cfs_quota_us'), read('cpu.cfs_period_us')]).toEqual(['5000', '20000'])
    limit?.set(1)
    expect(read('cpu.cfs_quota_us')).toBe('-1')
  })

  it('is none where the group has no share of the processor to give', () => {
    expect(group('none', ['memory.max']).limit).toBeUndefined()
  })
})
