import { ACCOUNT, type Cloud } from './cloud.ts'
import type { Asked, Reply } from './reply.ts'

export const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** The form of a consumption question without its date. */
export const CONSUMPTION_FORM = [
  'd2=0&type=day&aValues[]=17',
  ...['90', '0', '91', '92', '1', '2', '24', '71'].map(each => `dValues[]=${each}`),
].join('&')

/** A question with what is not said as usual. */
export function askedBy({
  method = 'GET',
  url,
  cookie,
  body = '',
  headers = {},
}: {
  method?: string
  url: string
  cookie?: string | undefined
  body?: string
  headers?: Readonly<Record<string, string>>
}): Asked {
  return { method, url, headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) }, body }
}

/** Logs in; the cookie is the one to send back. */
export function loginTo(
  cloud: Cloud,
  { user, password }: { user: string; password: string } = ACCOUNT,
  cookieBefore?: string,
): { readonly cookie: string; readonly reply: Reply } {
  const reply = cloud.answer(
    askedBy({
      method: 'POST',
      url: '/?login=1',
      cookie: cookieBefore,
      headers: formType,
      body: new URLSearchParams({ username: user, password }).toString(),
    }),
  )
  const cookie = reply.setCookies.find(each => each.startsWith('PHPSESSID='))?.split(';')[0] ?? ''
  return { cookie, reply }
}

/** What a page says. */
export function contentOf(cloud: Cloud, cookie: string, query: string): unknown {
  return JSON.parse(String(cloud.answer(askedBy({ url: `/jsoncgi.php?${query}`, cookie })).body))
}

type List = readonly unknown[]

/** Lists of the consumption page, as far as it has them. */
export interface Lists {
  readonly CompHeating?: List
  readonly CompActiveCooling?: List
  readonly CompTapWater?: List
  readonly CPLoops?: List
  readonly CPAddSource?: List
}

/** The lists of the consumption page for a day of a year; none where it gives none. */
export function consumptionOf(cloud: Cloud, cookie: string, year: number, dayOfYear: number): Lists {
  const reply = cloud.answer(
    askedBy({
      method: 'POST',
      url: '/jsoncgi.php?TopPage=4&Subpage=4&Action=4',
      cookie,
      headers: formType,
      body: `year=${year}&d1=${dayOfYear}&${CONSUMPTION_FORM}`,
    }),
  )
  return JSON.parse(String(reply.body)).trend_consumption ?? {}
}

/** What stands at a path of an answer; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? new Map(Object.entries(inner)).get(String(key))
        : undefined,
    value,
  )
}
