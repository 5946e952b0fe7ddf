import { gzipSync } from 'node:zlib'

/** A body made by the first request that wants it and handed to all others until it is dropped. */
export interface KeptBody {
  plain(): Buffer
  gzip(): Buffer
  /** What it was made from has changed. */
  drop(): void
}

/** The work is done at most once per change, whatever the number of scrapers: level 6 pays. */
const GZIP_LEVEL = 6

/** Keeps what `render` gives, and its gzip. */
export function keptBody(render: () => string, compress: (body: Buffer) => Buffer = gzipBody): KeptBody {
  let plain: Buffer | undefined
  let gzip: Buffer | undefined
  const body: KeptBody = {
    plain() {
      plain ??= Buffer.from(render(), 'utf8')
      return plain
    },
    gzip() {
      gzip ??= compress(body.plain())
      return gzip
    },
    drop() {
      plain = undefined
      gzip = undefined
    },
  }
  return body
}

/** One body compressed as kept bodies are. */
export function gzipBody(body: Buffer): Buffer {
  return gzipSync(body, { level: GZIP_LEVEL })
}
