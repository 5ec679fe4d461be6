// The secrets and parameters of the orders system, declared once. Each function picks what it needs.
import { defineParameters, defineSecrets, json, list } from '@secrets-cache/core'
import { z } from 'zod'

const stage = process.env['STAGE'] ?? 'dev'

const Database = z.object({ host: z.string(), user: z.string(), password: z.string() })
const Limits = z.object({ maxItems: z.coerce.number().int().positive() })

export const secrets = defineSecrets({
  database: json(`${stage}/orders/database`, Database),
  stripeKey: `${stage}/orders/stripe-key`,
})

export const parameters = defineParameters({
  limits: json(`/${stage}/orders/limits`, Limits),
  carriers: list(`/${stage}/orders/carriers`),
})
