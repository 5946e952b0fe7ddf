import { readFileSync } from 'node:fs'
import http from 'node:http'

/*
 * The least that serves a page with node:http: no routes, no limits, no negotiation but plain or gzip.
 * Bundled to CommonJS as hearth is. Arguments: port, file with headers (JSON), file with the page, file with its gzip.
 */

const [port, headersFile = '', plainFile = '', gzipFile = ''] = process.argv.slice(2)
const headers: Record<string, string> = JSON.parse(readFileSync(headersFile, 'utf8'))
const plain = readFileSync(plainFile)
const gzip = readFileSync(gzipFile)
const gzipHeaders = { ...headers, 'Content-Encoding': 'gzip' }

http
  .createServer((request, response) => {
    const isGzip = request.headers['accept-encoding'] === 'gzip'
    const body = isGzip ? gzip : plain
    response.writeHead(200, { ...(isGzip ? gzipHeaders : headers), 'Content-Length': body.length })
    response.end(body)
  })
  .listen(Number(port), '127.0.0.1')
