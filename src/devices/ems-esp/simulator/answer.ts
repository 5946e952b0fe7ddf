import type { House } from './house.ts'
import { type Json, object, write } from './json.ts'

/** What the gateway says to one request. */
export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const JSON_TYPE = 'application/json; charset=utf-8'
const TEXT_TYPE = 'text/plain; charset=utf-8'

export function jsonAnswer(json: Json, status = 200): Answer {
  return { status, contentType: JSON_TYPE, body: write(json) }
}

export function textAnswer(body: string, status = 200): Answer {
  return { status, contentType: TEXT_TYPE, body }
}

export function message(text: string, status: number): Answer {
  return jsonAnswer(object([['message', text]]), status)
}

export function unknownDevice(word: string, { firmware }: House): Answer {
  return message(`unknown device ${word}`, firmware.missing)
}

/** There is no such entity or command, in the words of this firmware. */
export function notThere(what: string, device: string, { firmware }: House): Answer {
  switch (firmware.age) {
    case '3.8':
      return message(`no '${what}' in ${device}`, 404)
    case '3.7':
      if (firmware.missing === 400) return message(`no ${what} in ${device}`, 400)
      return message(`no entity '${what}' in ${device}`, 404)
    default:
      return message(device === 'system' ? 'invalid command' : `cannot find values for entity '${what}'`, 400)
  }
}
