import { type Fields, fieldsIn, isFields, listIn, type Template } from './parse-template.ts'
import { placeholder } from './placeholder.ts'

/** Resolves the intrinsics of a template as far as they can be known without an account. */
export interface Resolver {
  /** The same with every intrinsic replaced: by its value, or by a placeholder. */
  readonly resolve: (value: unknown) => unknown
  readonly text: (value: unknown) => string
  readonly region: string
  readonly partition: string
  readonly account: string
}

export interface Known {
  readonly region: string | undefined
  readonly account: string | undefined
  readonly partition: string | undefined
  /** Values for the template's own parameters. */
  readonly parameters: Readonly<Record<string, string>>
}

export function createResolver(template: Template, known: Known): Resolver {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': known.region ?? placeholder('AWS::Region'),
    'AWS::Partition': known.partition ?? placeholder('AWS::Partition'),
    'AWS::AccountId': known.account ?? placeholder('AWS::AccountId'),
  }
  const { Resources, Parameters = {}, Mappings = {} } = template
  const place = `arn:${pseudo['AWS::Partition']}:`

  function resolve(value: unknown): unknown {
    if (typeof value === 'string')
      return value.replaceAll(/\{\{resolve:([^}]*)\}\}/g, (_, what) => placeholder(`resolve:${what}`))
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== undefined)
    if (!isFields(value)) return value
    const [name, ...more] = Object.keys(value)
    if (name !== undefined && more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
      return name === 'Ref' ? ref(String(value[name])) : call(name, value[name])
    }
    const entries = Object.entries(value).map(([key, each]) => [key, resolve(each)] as const)
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined))
  }

  const text = (value: unknown): string => {
    const resolved = resolve(value)
    return typeof resolved === 'object' ? placeholder('unknown') : String(resolved ?? '')
  }

  function ref(name: string): unknown {
    if (name === 'AWS::NoValue') return undefined
    if (pseudo[name] !== undefined) return pseudo[name]
    const parameter = Parameters[name]
    if (parameter) return parameterValue(name, parameter)
    return reference(name)
  }

  function parameterValue(name: string, { Type, Default }: Fields): unknown {
    // What Parameter Store holds under the default's name is read when the stack is deployed.
    if (String(Type).startsWith('AWS::SSM::Parameter::Value'))
      return placeholder(`resolve:ssm:${Default ?? name}`)
    const given = known.parameters[name] ?? Default
    if (given === undefined) return placeholder(name)
    return /^(CommaDelimitedList|List<)/.test(String(Type)) ? String(given).split(',') : String(given)
  }

  /** What `Ref` gives for a resource of the template: a secret's ARN, a parameter's name. */
  function reference(name: string): string {
    const { Type, Properties = {} } = Resources[name] ?? { Type: undefined }
    const own = Properties['Name'] === undefined ? placeholder(name) : text(Properties['Name'])
    switch (Type) {
      case 'AWS::SecretsManager::Secret':
        return `${place}secretsmanager:${pseudo['AWS::Region']}:${pseudo['AWS::AccountId']}:secret:${own}-??????`
      case 'AWS::SecretsManager::SecretTargetAttachment':
        return text(Properties['SecretId'])
      case 'AWS::SSM::Parameter':
        return own
      default:
        return placeholder(name)
    }
  }

  function call(name: string, given: unknown): unknown {
    const items = listIn(given)
    switch (name) {
      case 'Fn::Sub':
        return substitute(items)
      case 'Fn::Join':
        return listIn(resolve(items[1]))
          .map((each) => text(each))
          .join(text(items[0]))
      case 'Fn::GetAtt':
        return attribute(typeof given === 'string' ? given.split('.') : items.map(String))
      case 'Fn::Select':
        return listIn(resolve(items[1]))[Number(text(items[0]))] ?? unknown(name, given)
      case 'Fn::Split':
        return text(items[1]).split(text(items[0]))
      case 'Fn::FindInMap':
        return inMap(items.map(text)) ?? unknown(name, given)
      case 'Fn::If': {
        const [yes, no] = [resolve(items[1]), resolve(items[2])]
        return JSON.stringify(yes) === JSON.stringify(no) ? yes : unknown(name, given)
      }
      default:
        return unknown(name, given)
    }
  }

  function substitute([source, variables]: readonly unknown[]): string {
    const own = fieldsIn(variables)
    const filled = String(source).replaceAll(
      /\$\{(!?)\s*([^}]+?)\s*\}/g,
      (_, literal: string, name: string) => {
        if (literal) return `\${${name}}`
        if (name in own) return text(own[name])
        return name.includes('.') ? String(attribute(name.split('.'))) : text({ Ref: name })
      },
    )
    return text(filled)
  }

  function attribute([name = '', ...rest]: readonly string[]): string {
    const type = Resources[name]?.Type
    const isArn = rest.join('.') === 'Arn'
    if (type === 'AWS::SecretsManager::Secret' && rest.join('.') === 'Id') return reference(name)
    if (type === 'AWS::SSM::Parameter' && isArn) {
      const own = reference(name)
      const path = own.startsWith('/') ? own : `/${own}`
      return `${place}ssm:${pseudo['AWS::Region']}:${pseudo['AWS::AccountId']}:parameter${path}`
    }
    return placeholder(`${name}.${rest.join('.')}`)
  }

  function inMap([map = '', first = '', second = '']: readonly string[]): unknown {
    const found = fieldsIn(fieldsIn(Mappings[map])[first])[second]
    return found === undefined ? undefined : resolve(found)
  }

  return {
    resolve,
    text,
    region: pseudo['AWS::Region'] as string,
    partition: pseudo['AWS::Partition'] as string,
    account: pseudo['AWS::AccountId'] as string,
  }
}

/** One placeholder for equal intrinsics. */
function unknown(name: string, given: unknown): string {
  const written = JSON.stringify(given)?.replaceAll(/["{}[\]]/g, '') ?? ''
  return placeholder(`${name.replace('Fn::', '')} ${written}`)
}
