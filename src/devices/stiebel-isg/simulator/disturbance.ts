import type { Table } from './gateways/gateway.ts'

/** Which requests for pages a disturbance hits; all of them where nothing is said. */
export interface Aim {
  readonly pages?: readonly string[]
  /** Every so manieth request for a page. */
  readonly every?: number
}

/** A request that is not answered as it should be. */
export type Hit =
  | (Aim & {
      readonly kind:
        | 'hang'
        /** Half of the page, then the connection is reset. */
        | 'reset'
        /** The connection ends before the answer begins. */
        | 'drop'
        /** The connection ends within the answer. */
        | 'break-off'
        /** The answer is whole by its headers, and its page ends within a value, each time another one. */
        | 'cut'
        | 'garbage'
        | 'empty'
        /** A page without end. */
        | 'flood'
        /** A page that comes a byte at a time, so that it never ends. */
        | 'drip'
        /** The login form although somebody is logged in; the session is lost. */
        | 'log-out'
    })
  | (Aim & { readonly kind: 'status'; readonly status: number })
  | (Aim & { readonly kind: 'slow'; readonly ms: number })

/** What goes wrong between the gateway and who asks it. */
export type Disturbance =
  | Hit
  | { readonly kind: 'refuse-logins' }
  | { readonly kind: 'short-sessions'; readonly pages: number }
  /** Connections are offered to be kept open, and dropped at their second request. */
  | { readonly kind: 'drop-idle' }
  | {
      readonly kind: 'charset'
      readonly bytes: 'utf-8' | 'latin1'
      /** What the Content-Type says; undefined: nothing. */
      readonly header: string | undefined
      readonly meta: string
    }
  /** Signs beyond ASCII as entities. */
  | { readonly kind: 'entities' }
  /** Other tables than the gateway's. `reads` counts how often the page was asked for, this time included. */
  | {
      readonly kind: 'tables'
      readonly page: string
      change(tables: readonly Table[], reads: number): readonly Table[]
    }

/** The first disturbance that hits this request, the `number`-th one for a page, counted from 1. */
export function hitOf(disturbances: readonly Disturbance[], page: string, number: number): Hit | undefined {
  return disturbances.filter(isAimed).find(each => isHit(each, page, number))
}

const NOT_AIMED = ['refuse-logins', 'short-sessions', 'drop-idle', 'charset', 'entities', 'tables'] as const

function isAimed(each: Disturbance): each is Hit {
  return !NOT_AIMED.some(kind => kind === each.kind)
}

function isHit({ pages, every = 1 }: Aim, page: string, number: number): boolean {
  return (pages === undefined || pages.includes(page)) && number % every === 0
}

/** The page up to the middle of one of its keys or values, each time another one. */
export function cutWithin(html: string, number: number): string {
  const texts = [...html.matchAll(/<td class="(?:key|value)[^"]*">([^<]+)/g)]
  const text = texts[(number * 7) % Math.max(1, texts.length)]
  if (text === undefined) return html.slice(0, html.length >> 1)
  const end = text.index + text[0].length
  return html.slice(0, end - Math.ceil((text[1]?.length ?? 0) / 2))
}

/** Bytes of this length that mean nothing. */
export function garbage(length: number, number: number): Buffer {
  return Buffer.from(
    Array.from({ length }, (_, index) => (index * index * 7 + index * 31 + number * 101) % 256),
  )
}

/** The same text with every sign beyond ASCII as an entity. */
export function withEntities(html: string): string {
  return html.replace(/[^\0-\x7f]/gu, sign => `&#${sign.codePointAt(0)};`)
}
