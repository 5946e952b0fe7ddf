import { createHash } from 'node:crypto'

/** Tells accounts apart without saying who they belong to: for the file of the ledger, and to find two devices on one account. */
export function accountKey(baseUrl: string, user: string): string {
  return createHash('sha256').update(`${baseUrl}\n${user}`).digest('hex').slice(0, 16)
}
