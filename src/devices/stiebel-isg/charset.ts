import { TextDecoder } from 'node:util'

/** A page as text, or why its bytes are none. */
export type Decoded =
  | {
      readonly text: string
      /** Its signs can be no other charset's. */
      readonly isSurelyUtf8: boolean
    }
  | { readonly damage: string }

const META = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i
const XML = /^<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i
/** A charset is named at the beginning. */
const HEAD_BYTES = 2048

/**
 * The text of a page: by the header, else by what the page says, else UTF-8. What claims to be UTF-8 and is not is the
 * Latin-1 of old firmware, unless the gateway is known to write UTF-8, or most of the page is: then bytes of it are damaged.
 */
export function decoded(body: Uint8Array, contentType: string | undefined, isKnownUtf8: boolean): Decoded {
  const head = Buffer.from(body.subarray(0, HEAD_BYTES)).toString('latin1')
  const named =
    /charset\s*=\s*["']?\s*([\w-]+)/i.exec(contentType ?? '')?.[1] ??
    META.exec(head)?.[1] ??
    XML.exec(head)?.[1] ??
    'utf-8'
  const other = decoderOf(named)
  if (other && other.encoding !== 'utf-8') return { text: other.decode(body), isSurelyUtf8: false }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    return { text, isSurelyUtf8: text.length < body.length }
  } catch {
    return isKnownUtf8 || isMostlyUtf8(body)
      ? { damage: 'it holds bytes that are no text in its charset' }
      : { text: Buffer.from(body).toString('latin1'), isSurelyUtf8: false }
  }
}

function decoderOf(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name)
  } catch {
    return undefined
  }
}

/** Signs of several bytes hardly ever come about in Latin-1. */
function isMostlyUtf8(body: Uint8Array): boolean {
  const text = Buffer.from(body).toString('utf8')
  let good = 0
  let bad = 0
  for (const sign of text) {
    if (sign === '\ufffd') bad++
    else if (sign > '\u007f') good++
  }
  return good > bad
}
