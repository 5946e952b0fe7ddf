import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Cancel, Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Keep } from '../core/keep.ts'
import type { Log } from '../core/log.ts'

/** A card in a cellar wears out by writing: changes within this time are written together. */
const PAUSE_MS = 60_000
/** More than any device has to remember; a larger file is not ours. */
const MOST_BYTES = 1024 * 1024

/** A keep on disk; `close` writes what is not written yet. */
export interface FileKeep extends Keep {
  close(): void
}

/**
 * Remembers in `FOLDER/NAME.json`, replaced whole by a rename, so that a power cut leaves the old file or the new one.
 * A file that cannot be read is set aside as `NAME.json.bad` and said in the log; a disk that fails is said once per outage.
 */
export function fileKeep(options: {
  readonly folder: string
  readonly name: string
  readonly clock: Clock
  readonly log: Log
}): FileKeep {
  const { folder, name, clock, log } = options
  const path = join(folder, `${name}.json`)
  let unwritten: string | undefined
  let written: string | undefined
  let cancel: Cancel | undefined
  let hasFailed = false
  let isClosed = false

  function write(): void {
    cancel?.()
    cancel = undefined
    const text = unwritten
    if (text === undefined || text === written) return
    try {
      makeFolder(dirname(path))
      writeFileSync(`${path}.new`, text, { mode: 0o640, flush: true })
      renameSync(`${path}.new`, path)
      written = text
      unwritten = undefined
      if (hasFailed) log.info(`${path} is written again`)
      hasFailed = false
    } catch (error) {
      if (!hasFailed)
        log.warn(
          `${path} cannot be written: ${messageOf(error)}. Until it can, a restart forgets what was read; check data_dir and its owner`,
        )
      hasFailed = true
      if (!isClosed) cancel = clock.after(PAUSE_MS, write)
    }
  }

  return {
    load() {
      const text = readText(path, log)
      if (text === undefined) return undefined
      try {
        const value: unknown = JSON.parse(text)
        written = text
        return value
      } catch {
        setAside(path, log)
        return undefined
      }
    },
    save(value) {
      unwritten = JSON.stringify(value)
      if (!isClosed) cancel ??= clock.after(written === undefined && !hasFailed ? 0 : PAUSE_MS, write)
    },
    close() {
      isClosed = true
      write()
    },
  }
}

/** Step by step: the runtime's own recursive way goes round for ever where a file system has no new folders, as /proc. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o750 })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    makeFolder(dirname(path))
    mkdirSync(path, { mode: 0o750 })
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function readText(path: string, log: Log): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.length <= MOST_BYTES) return text
    setAside(path, log)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') log.warn(`${path} cannot be read: ${messageOf(error)}`)
  }
  return undefined
}

function setAside(path: string, log: Log): void {
  try {
    renameSync(path, `${path}.bad`)
    log.warn(`${path} is damaged: it is now ${path}.bad, and counting starts anew`)
  } catch (error) {
    log.warn(`${path} is damaged and cannot be set aside: ${messageOf(error)}`)
  }
}
