import { z } from 'zod'
import type { Secret } from './secret.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Milliseconds of `30s`, `5m`, `1h`, `500ms` or a number of seconds; undefined when the text is none of these. */
export function parseDuration(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value > 0 ? value * 1000 : undefined
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(value.trim())
  if (!match?.[1]) return undefined
  const ms = Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 1000)
  return ms > 0 ? ms : undefined
}

/** A duration in the configuration (`5s`, `1m`, or seconds as a number), given out in milliseconds. */
export function duration(help: string): z.ZodType<number, string | number> {
  return z
    .union([z.string(), z.number()], { error: 'expected a duration such as 30s' })
    .transform((value, context) => {
      const ms = parseDuration(value)
      if (ms !== undefined && ms <= 86_400_000) return ms
      const words =
        ms === undefined ? 'is not a duration; write 5s, 1m or 1h' : 'is too long; 24h is the most'
      context.issues.push({ code: 'custom', input: value, message: `"${value}" ${words}` })
      return z.NEVER
    })
    .describe(help)
}

/** `host:port`, `:port` or `[v6]:port` as a listener understands it. */
export interface ListenAddress {
  /** undefined: every interface. */
  readonly host: string | undefined
  readonly port: number
}

/** The address of `127.0.0.1:8123`, `:8123`, `[::1]:8123`; undefined when it is none. */
export function parseListen(text: string): ListenAddress | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*)):(\d{1,5})$/.exec(text.trim())
  const port = Number(match?.[3])
  if (!match || port > 65_535) return undefined
  return { host: match[1] ?? (match[2] || undefined), port }
}

export function formatListen(address: ListenAddress): string {
  const host = address.host ?? ''
  return `${host.includes(':') ? `[${host}]` : host}:${address.port}`
}

/** A listen address in the configuration. */
export function listenAddress(help: string): z.ZodType<ListenAddress, string> {
  return z
    .string({
      error: 'expected an address in quotes, such as "127.0.0.1:10790", or ":8123" for every interface',
    })
    .transform((text, context) => {
      const address = parseListen(text)
      if (address) return address
      context.issues.push({
        code: 'custom',
        input: text,
        message: `"${text}" is no address to listen on; write 127.0.0.1:10790, or ":8123" for every interface`,
      })
      return z.NEVER
    })
    .describe(help)
}

/**
 * An `http://` or `https://` address in the configuration, given out without a slash at its end.
 * A user or password in it is refused: it would show up wherever the address does.
 */
export function webAddress(help: string, example: string): z.ZodType<string, string> {
  const wanted = `write it as ${example}`
  return z
    .string({ error: `expected an address; ${wanted}` })
    .transform((text, context) => {
      const refuse = (message: string) => {
        context.issues.push({ code: 'custom', input: text, message })
        return z.NEVER
      }
      const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
      if (!url || !/^https?:$/.test(url.protocol)) return refuse(`is no http address; ${wanted}`)
      if (url.username || url.password)
        return refuse(`holds a user or password; ${wanted}, and set them by their own keys`)
      if (url.search || url.hash) return refuse(`holds a query; ${wanted}`)
      return url.href.replace(/\/+$/, '')
    })
    .describe(help)
}

/** What settings need of the outside while they are validated; `config` supplies it. */
export interface SettingsKit {
  /** A secret: `{ file: PATH }`, `{ env: NAME }` or the text itself. */
  secret(help: string): z.ZodType<Secret, unknown>
}

/** Keys that every device has. */
export interface CommonSettings {
  readonly intervalMs: number
  readonly staleAfterMs: number
}
