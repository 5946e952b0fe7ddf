import type { IncomingMessage } from 'node:http'

/** Whether the headers announce a body. */
export function hasBody(message: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = message.headers
  return coding !== undefined || (length !== undefined && Number(length) !== 0)
}

/** What became of a body: it came whole, it is too long, or it never ended. */
export type BodyFate = 'whole' | 'too-long' | 'lost'

/**
 * Throws the body away as it comes, since no endpoint takes one. It is too long by its own word or in fact.
 * The listener's request timeout bounds the wait.
 */
export function discardBody(message: IncomingMessage, limitBytes: number): Promise<BodyFate> {
  if (Number(message.headers['content-length'] ?? 0) > limitBytes) return Promise.resolve('too-long')
  return new Promise(resolve => {
    let size = 0
    message.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength
      if (size > limitBytes) resolve('too-long')
    })
    message.once('end', () => resolve('whole'))
    message.once('close', () => resolve('lost'))
    message.once('error', () => resolve('lost'))
  })
}
