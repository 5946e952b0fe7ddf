import type { Answer } from '../expose/types.ts'

const FLAME =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#d9480f" d="M8 1c1 3 5 5 5 9a5 5 0 0 1-10 0c0-2 1-3 2-4 0 1 .5 2 1.500 2C7 5 6.500 3 8 1z"/><path fill="#ffd43b" d="M8 9c.8 1 2 1.700 2 3a2 2 0 0 1-4 0c0-1.300 1.200-2 2-3z"/></svg>'

/** A small flame. */
export const FAVICON: Answer = {
  status: 200,
  headers: {
    'Content-Type': 'image/svg+xml',
    'Cache-Control': 'public, max-age=86400',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'",
  },
  body: Buffer.from(FLAME),
}
