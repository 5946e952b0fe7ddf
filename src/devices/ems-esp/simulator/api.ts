import { type Answer, jsonAnswer, message, notThere, textAnswer, unknownDevice } from './answer.ts'
import { asItsFirmwareNamesIt } from './before-37.ts'
import { busAnswer } from './bus-api.ts'
import { isOld } from './firmware.ts'
import type { House } from './house.ts'
import { object } from './json.ts'
import { ownAnswer, ownWord } from './own-api.ts'
import { oldSections } from './system-before-38.ts'
import { systemSections } from './system-document.ts'
import { sectionAsTexts, systemDocument, systemEntity, textOf } from './system-json.ts'
import { systemMetrics } from './system-metrics.ts'

/** What only an administrator may ask, whatever the method. */
const ADMINISTRATION = new Set(['restart', 'format', 'read', 'send', 'fetch', 'publish'])

/** What this gateway answers to a GET of this path and query, in good health. */
export function apiAnswer(target: string, real: House): Answer {
  const url = new URL(target, 'http://ems-esp.local')
  const [root, ...path] = url.pathname.split('/').filter(part => part !== '')
  if (root !== 'api') return textAnswer('Not found', 404)
  const asked = path.length > 0 ? path : oldStyle(url.searchParams)
  const [word, ...rest] = asked.map(part => decodeURIComponent(part).toLowerCase())
  if (word === undefined) return message('missing command in path', 400)
  const house = asItsFirmwareNamesIt(real)
  if (word === 'system') return systemAnswer(rest, house)
  const own = ownWord(word, house)
  if (own !== undefined) return ownAnswer(own, rest, house)
  const devices = house.devices.filter(device => device.type === word && device.isListedOnly !== true)
  return devices.length === 0 ? unknownDevice(word, house) : busAnswer(word, devices, rest, house)
}

/** `/api?device=boiler&cmd=values` */
function oldStyle(query: URLSearchParams): string[] {
  return ['device', 'cmd'].flatMap(key => query.get(key)?.split('/') ?? [])
}

function systemAnswer([command = 'info', key, attribute]: readonly string[], house: House): Answer {
  const sections = oldSections(systemSections(house), house.firmware)
  if (ADMINISTRATION.has(command)) return message('authentication failed', 401)
  if (command === 'info' || command === 'values') return jsonAnswer(systemDocument(house))
  if (command === 'metrics' && house.firmware.hasMetrics) return textAnswer(systemMetrics(house))
  if (isOld(house.firmware)) return notThere(command, 'system', house)
  if (command === 'entities') {
    return jsonAnswer(
      object(
        sections.flatMap(([section, values]) =>
          values.map(([name, value]) => [`${section}.${name}`, systemEntity(section, name, value)] as const),
        ),
      ),
    )
  }
  const section = sections.find(([name]) => name.toLowerCase() === command)
  if (section === undefined) return notThere(command, 'system', house)
  if (key === undefined) return jsonAnswer(sectionAsTexts(section[1]))
  const row = section[1].find(([name]) => name.toLowerCase() === key)
  if (row === undefined) return notThere(key, 'system', house)
  return attribute === 'value'
    ? textAnswer(textOf(row[1]))
    : jsonAnswer(systemEntity(section[0], row[0], row[1]))
}
