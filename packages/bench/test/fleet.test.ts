import { describe, expect, it } from '@jest/globals'
import { createCloud } from '../src/benches/fleet/cloud.ts'
import { simulate } from '../src/benches/fleet/simulate.ts'
import { type Strategy, strategies } from '../src/benches/fleet/strategies.ts'
import { virtualTime } from '../src/benches/fleet/virtual-time.ts'
import { seeded } from '../src/shared/seeded.ts'

const quotas = { parameterStore: 40, secretsManager: 10_000, secretsManagerBatch: 100 }
const [sdk, direct, layer, perValue] = strategies as readonly [Strategy, Strategy, Strategy, Strategy]

describe('virtualTime', () => {
  it('lets what was set happen in its order, at its time, and ends when nothing is left', async () => {
    const time = virtualTime(0)
    const seen: string[] = []
    const note = (name: string) => void seen.push(`${name} ${time.now()}`)
    for (const delay of [30, 10, 20, 10, 50, 40]) time.after(delay, () => note(String(delay)))
    time.after(15, () => note('called off'))()
    void time.sleep(20).then(() => time.after(5, () => note('later')))
    await time.run()
    expect(seen).toEqual(['10 10', '10 10', '20 20', 'later 25', '30 30', '40 40', '50 50'])
  })
})

describe('createCloud', () => {
  it('lets a second’s worth through at once, then as many as the quota says', async () => {
    const time = virtualTime(0)
    const cloud = createCloud(quotas, time, seeded(1))
    const passed: boolean[] = []
    for (let call = 0; call < 50; call++) void cloud.attempt('parameterStore').then((one) => passed.push(one))
    await time.run()
    expect(passed.filter(Boolean)).toHaveLength(40)
  })

  it('tries three times, as the SDK does, then fails by the name of a throttle', async () => {
    const time = virtualTime(0)
    const cloud = createCloud({ ...quotas, parameterStore: 0 }, time, seeded(1))
    const failed = cloud.call('parameterStore').catch(({ name }) => name)
    await time.run()
    expect(await failed).toBe('ThrottlingException')
    expect(cloud.calls.parameterStore).toBe(3)
  })
})

describe('simulate', () => {
  it.each([sdk, direct])(
    'makes the three calls per environment and load, and fails nowhere while the quota allows it: $name',
    async (strategy) => {
      const { failed, failedFirst, parameterStore, secretsManager } = await simulate(strategy, {
        environments: 10,
        quotas,
      })
      expect({ failed, failedFirst }).toEqual({ failed: 0, failedFirst: 0 })
      // Each environment loads at its start and again when its values expire, each value at its own time.
      expect(parameterStore).toBeGreaterThanOrEqual(40)
      expect(secretsManager).toBeGreaterThanOrEqual(20)
      expect(parameterStore + secretsManager).toBeLessThan(10 * 15 * 2)
    },
  )

  it('runs the engine over the layer too, which asks for each value by itself', async () => {
    const { failed, parameterStore } = await simulate(layer, { environments: 2, quotas })
    expect(failed).toBe(0)
    expect(parameterStore).toBeGreaterThanOrEqual(2 * 12)
  })

  it('fails where the quota leaves no room', async () => {
    const scarce = { ...quotas, parameterStore: 1 }
    const { failedFirst } = await simulate(perValue, { environments: 5, quotas: scarce })
    expect(failedFirst).toBe(5)
  })

  it('gives the same figures for the same seed', async () => {
    const play = (seed: number) => simulate(sdk, { environments: 5, quotas }, seed)
    const [once, again, other] = [await play(1), await play(1), await play(2)]
    expect(again).toEqual(once)
    expect(other).not.toEqual(once)
  })
})
