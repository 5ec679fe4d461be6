// The same over node:http with kept connections: the least code that does it.
import { Agent, get as httpGet } from 'node:http'
import { type Get, handlerOver, headers, port } from './by-hand.ts'

const agent = new Agent({ keepAlive: true })

const get: Get = (path) =>
  new Promise((resolve, reject) => {
    httpGet({ host: '127.0.0.1', port, path, headers: headers(), agent }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(body))
        else reject(new Error(`The extension answered ${response.statusCode}`))
      })
    }).on('error', reject)
  })

export const handler = handlerOver(get)
