/**
 * What a device remembers over restarts: one small JSON document.
 *
 * `load` gives what was saved last, or undefined when nothing was or it cannot be read: the reader checks its shape.
 * `save` takes a JSON value and never throws or waits; writes are gathered, and a disk that fails is said in the log.
 */
export interface Keep {
  load(): unknown
  save(value: unknown): void
}

/** Remembers until the end of the process only: for commands that have no place for data. */
export function memoryKeep(): Keep {
  let kept: string | undefined
  return {
    load(): unknown {
      return kept === undefined ? undefined : JSON.parse(kept)
    },
    save(value) {
      kept = JSON.stringify(value)
    },
  }
}
