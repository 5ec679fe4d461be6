import { type Fields, fieldsIn, isFields, listIn, type Resource, type Template } from './parse-template.ts'
import { hasPlaceholder } from './placeholder.ts'
import type { Resolver } from './resolve.ts'

/** Whether a condition holds; `undefined` where only the deployment knows. */
type Holds = (name: string) => boolean | undefined

/**
 * The template as it is deployed, as far as its conditions can be told from literals, defaults and given parameters: each
 * `Fn::If` is the branch that is taken, and what a false condition leaves out is gone. What cannot be told stays.
 */
export function withConditions(template: Template, { text }: Resolver): Template {
  const { Conditions = {}, Resources, ...rest } = template
  const holds = evaluator(Conditions, text)
  const deployed = Object.entries(Resources)
    .map(([name, resource]) => [name, chosenIn(resource, holds)] as const)
    .filter(([, resource]) => resource.Condition === undefined || holds(resource.Condition) !== false)
    .map(([name, resource]) => [name, withoutMet(resource, holds)] as const)
  return { ...chosenIn(rest, holds), Resources: Object.fromEntries(deployed) }
}

/** A condition that is met decides no more. */
function withoutMet(resource: Resource, holds: Holds): Resource {
  const { Condition, ...rest } = resource
  return Condition === undefined || holds(Condition) ? rest : resource
}

function chosenIn<Part>(part: Part, holds: Holds): Part {
  return chosen(part, holds) as Part
}

const noValue = Symbol('AWS::NoValue')

function chosen(value: unknown, holds: Holds): unknown {
  if (Array.isArray(value)) return value.map((each) => chosen(each, holds)).filter((each) => each !== noValue)
  if (!isFields(value)) return value
  const [name, ...more] = Object.keys(value)
  if (name === 'Fn::If' && more.length === 0) return branch(value[name], value, holds)
  if (name === 'Ref' && value[name] === 'AWS::NoValue') return noValue
  const entries = Object.entries(value).map(([key, each]) => [key, chosen(each, holds)] as const)
  return Object.fromEntries(entries.filter(([, each]) => each !== noValue))
}

function branch(given: unknown, whole: Fields, holds: Holds): unknown {
  const [name, yes, no] = listIn(given)
  const isMet = holds(String(name))
  return isMet === undefined ? whole : chosen(isMet ? yes : no, holds)
}

/** Three-valued: what is not known stays unknown, unless the rest decides. */
function evaluator(conditions: Fields, text: Resolver['text']): Holds {
  const known = new Map<string, boolean | undefined>()

  function holds(name: string): boolean | undefined {
    if (known.has(name)) return known.get(name)
    // A circle, which CloudFormation refuses, is not known.
    known.set(name, undefined)
    const result = evaluate(conditions[name])
    known.set(name, result)
    return result
  }

  function evaluate(condition: unknown): boolean | undefined {
    const [name, ...more] = Object.keys(fieldsIn(condition))
    if (name === undefined || more.length > 0) return undefined
    const given = fieldsIn(condition)[name]
    switch (name) {
      case 'Condition':
        return holds(String(given))
      case 'Fn::Equals':
        return equal(listIn(given).map(text))
      case 'Fn::Not':
        return not(evaluate(listIn(given)[0]))
      case 'Fn::And':
        return all(listIn(given).map(evaluate))
      case 'Fn::Or':
        return not(all(listIn(given).map((each) => not(evaluate(each)))))
      default:
        return undefined
    }
  }
  return holds
}

/** Equal placeholders stand for the same text; others may. */
function equal([one = '', other = '']: readonly string[]): boolean | undefined {
  if (one === other) return true
  return hasPlaceholder(one) || hasPlaceholder(other) ? undefined : false
}

const not = (value: boolean | undefined) => (value === undefined ? undefined : !value)

function all(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false
  return values.includes(undefined) ? undefined : true
}
