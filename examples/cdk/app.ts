// What `cdk synth` and `cdk deploy` start.
import { App } from 'aws-cdk-lib'
import { OrdersStack } from './stack.ts'

new OrdersStack(new App(), 'Orders', { stage: 'prod' })
