import type { ServerResponse } from 'node:http'
import type { Answer } from '../expose/types.ts'

/**
 * Writes an answer at once; `isLast` ends the connection after it. HEAD and 204 get no body: node knows the request's method.
 * All headers in one call: set one by one, node would keep and check each of them twice.
 */
export function writeAnswer(response: ServerResponse, answer: Answer, isLast: boolean): void {
  const { status, headers, body } = answer
  const pairs: (string | number)[] = []
  for (const name in headers) pairs.push(name, headers[name] ?? '')
  if (status !== 204) pairs.push('Content-Length', body.byteLength)
  if (isLast) pairs.push('Connection', 'close')
  response.writeHead(status, pairs)
  response.end(body)
}
