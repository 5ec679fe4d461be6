import middy from '@middy/core'
import { extension, secretsCache, text } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'

const { ENV = 'dev', APP_CONFIG_PATH = 'myapp/config', MAX_AGE, SOURCE, VALUES = '1' } = process.env

type Values = Readonly<Record<string, ReturnType<typeof text>>>

const names = (count: number, name: (number: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`value${index}`, text(name(index))]))

/** The article's one parameter, or the fifteen values of a larger function: twelve parameters, three secrets. */
const declared: { secrets?: Values; parameters: Values } =
  VALUES === '15'
    ? {
        secrets: names(3, (index) => `${ENV}/secret-${index}`),
        parameters: names(12, (index) => `/${ENV}/parameter-${index}`),
      }
    : { parameters: { config: text(`/${ENV}/${APP_CONFIG_PATH}`) } }

export const handler = middy()
  .use(
    secretsCache({
      ...declared,
      source: SOURCE === 'sdk' ? sdk() : extension(),
      maxAge: Number(MAX_AGE ?? 300),
      timeoutMilliseconds: 5_000,
    }),
  )
  .handler(async (_event, { parameters }) => `loaded ${Object.keys(parameters).length}`)
