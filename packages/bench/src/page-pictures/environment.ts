// An execution environment of examples/rds-mysql that posts the events of secrets-cache to the stand-in's page.
import { subscribe } from 'node:diagnostics_channel'
import { serveInvocations } from 'example-load-test/load'
import { tellPage } from './tell-page.ts'
// Loaded at INIT: the picture is to show the refused login, and not how long the SDK takes to load.
import '@aws-sdk/client-secrets-manager'

const TYPES = ['hit', 'miss', 'stale', 'load', 'loaded', 'failed', 'retry', 'next', 'error', 'refresh']

let heard: object[] = []
for (const type of TYPES)
  subscribe(`secrets-cache:${type}`, (event) => heard.push({ ...(event as object), type, at: Date.now() }))

setInterval(async () => {
  if (heard.length === 0) return
  const events = heard
  heard = []
  await tellPage(String(process.env['PAGE']), 'heard', { events })
}, 100).unref()

const { handler } = await import('../../../../examples/rds-mysql/handler.ts')
serveInvocations((event: object, context) => handler(event, context as Parameters<typeof handler>[1]))
