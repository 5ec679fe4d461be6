import { fileURLToPath } from 'node:url'
import { secretsCacheFor } from '@secrets-cache/cdk'
import { pick } from '@secrets-cache/core'
import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda'
import { NodejsFunction, type NodejsFunctionProps, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import type { Construct } from 'constructs'
import { declaredFor } from './declared.ts'

export interface OrdersProps extends StackProps {
  /** The first part of every name, for the functions too. */
  readonly stage: string
}

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: OrdersProps) {
    super(scope, id, props)
    const { secrets, parameters } = declaredFor(stage)
    const everyFunction: NodejsFunctionProps = {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(5),
      environment: { STAGE: stage },
    }

    const charge = new NodejsFunction(this, 'Charge', {
      ...everyFunction,
      entry: here('functions/charge.ts'),
      bundling: { format: OutputFormat.ESM },
    })
    secretsCacheFor(
      charge,
      { secrets: pick(secrets, 'database', 'stripeKey'), parameters },
      { ttlSeconds: 60 },
    )

    // CommonJS is what the CDK makes where nobody says otherwise; Middy, an ES module, is bundled into it.
    const report = new NodejsFunction(this, 'Report', {
      ...everyFunction,
      entry: here('functions/report.ts'),
      bundling: { format: OutputFormat.CJS },
    })
    secretsCacheFor(report, { parameters }, { source: 'sdk' })
  }
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
