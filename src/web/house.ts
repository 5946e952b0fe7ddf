/** What the listeners may know of the whole program and ask of it. */
export interface House {
  /** Reads the configuration again; a bad one changes nothing, and `message` says what is wrong with it. Never throws. */
  reload(): Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>
  /** Ready once every device was tried once; `waitingFor` names those that were not. */
  isReady(): { readonly ready: boolean; readonly waitingFor: readonly string[] }
  /** The end has begun: no new scrape should come here. */
  isStopping(): boolean
}
