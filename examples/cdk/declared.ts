// What the orders system declares, for its functions and for the stack that grants it to them.
import { defineParameters, defineSecrets, json, list } from '@secrets-cache/core'

export interface Database {
  readonly host: string
  readonly user: string
  readonly password: string
}

export const declaredFor = (stage: string) => ({
  secrets: defineSecrets({
    database: json<Database>(`${stage}/orders/database`),
    stripeKey: `${stage}/orders/stripe-key`,
  }),
  parameters: defineParameters({ carriers: list(`/${stage}/orders/carriers`) }),
})
