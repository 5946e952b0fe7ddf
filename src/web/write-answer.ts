import type { ServerResponse } from 'node:http'
import type { Answer } from '../expose/types.ts'

/** Writes an answer at once; `isLast` ends the connection after it. HEAD and 204 get no body: node knows the request's method. */
export function writeAnswer(response: ServerResponse, answer: Answer, isLast: boolean): void {
  response.statusCode = answer.status
  for (const name in answer.headers) response.setHeader(name, answer.headers[name] ?? '')
  if (answer.status !== 204) response.setHeader('Content-Length', answer.body.byteLength)
  if (isLast) response.setHeader('Connection', 'close')
  response.end(answer.body)
}
