import { OPERATIONS, type OperationName } from './aws/operations.ts'

/** One request or API call; it never contains a value. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly at: number
  /** `layer` and `agent`: a request to their protocol; `aws`: an API call, no matter who made it. */
  readonly face: 'layer' | 'agent' | 'aws'
  /** Who made an API call: a request to this port (`sdk`), or the layer or agent on a miss. */
  readonly by: 'client' | 'sdk' | 'layer' | 'agent'
  readonly operation: string
  readonly ids: readonly string[]
  /** An HTTP status, or the name of AWS's exception, or the fault that was played. */
  readonly outcome: string
  /** Milliseconds from its arrival until its outcome was known, by the machine's clock. */
  readonly milliseconds: number
}

/** Counters as plain data. */
export interface CallCounts {
  /** Requests to the layer's (or agent's) two paths, including those that were refused. */
  readonly layer: { readonly secretsmanager: number; readonly systemsmanager: number }
  /** API calls per operation, made by the layer on a miss or by an SDK. */
  readonly aws: Readonly<Record<OperationName, number>>
  /** All API calls. */
  readonly upstream: number
  /** Requests a client sent to this port: to the layer or agent, and by an SDK. */
  readonly total: number
  /** The last 1,000, oldest first. */
  readonly list: readonly Call[]
}

const KEPT = 1000

export type Calls = ReturnType<typeof createCalls>

/** Counts every request and API call; `onCall` is called with each once its outcome is known. */
export const createCalls = (now: () => number, onCall: (call: Call) => void) => {
  const layer = { secretsmanager: 0, systemsmanager: 0 }
  const aws = Object.fromEntries(Object.keys(OPERATIONS).map((name) => [name, 0])) as Record<
    OperationName,
    number
  >
  const list: Call[] = []
  let upstream = 0
  let total = 0
  let remembered = 0

  const remember = (call: Omit<Call, 'at'>) => {
    const known = { at: now(), ...call }
    list.push(known)
    remembered++
    if (list.length > KEPT) list.shift()
    onCall(known)
  }

  const view: CallCounts = {
    layer,
    aws,
    get upstream() {
      return upstream
    },
    get total() {
      return total
    },
    list,
  }

  return {
    view,
    countLayer: (kind: keyof typeof layer) => {
      layer[kind]++
      total++
    },
    countAws: (operation: OperationName, by: Call['by']) => {
      aws[operation]++
      upstream++
      if (by === 'sdk') total++
    },
    remember,
    /** How many were ever remembered, so that a reader of the list knows how many are new. */
    remembered: () => remembered,
    /** A copy, which later calls do not change. */
    snapshot: (): CallCounts => ({ layer: { ...layer }, aws: { ...aws }, upstream, total, list: [...list] }),
    reset: () => {
      layer.secretsmanager = 0
      layer.systemsmanager = 0
      for (const name of Object.keys(aws)) aws[name as OperationName] = 0
      list.length = 0
      upstream = 0
      total = 0
    },
  }
}

/**
 * One line for people: `layer prod/orders/db 200`.
 * @example await startLocal({ onCall: (call) => console.log(describeCall(call)) })
 */
export const describeCall = ({ face, by, operation, ids, outcome }: Call): string =>
  [face === 'aws' ? `aws (${by})` : face, operation, ids.map(visible).join(','), outcome]
    .filter((word) => word !== '')
    .join(' ')

/** Escapes a name with control characters, which would break the lines of the log. */
const visible = (id: string): string => (/^[\x21-\x7e]+$/.test(id) ? id : JSON.stringify(id))
