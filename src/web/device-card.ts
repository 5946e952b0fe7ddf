import type { UnixMs } from '../core/clock.ts'
import type { View } from '../core/view.ts'
import { type ShownReading, shownReadings } from '../expose/status.ts'
import type { ExposedDevice } from '../expose/types.ts'
import { deviceState } from './device-state.ts'
import { type Html, html, NOTHING } from './html.ts'
import { ageWords, valueWords } from './words.ts'

const MASK = '•••'

interface Shown {
  readonly exposed: ExposedDevice
  readonly view: View
}

/** Whether the device is up and talks. */
export function isGood({ exposed, view }: Shown, now: UnixMs): boolean {
  return deviceState(view, exposed.device.staleAfterMs, now).mood === 'good'
}

/** One device on the page: its name, its state, its readings, its endpoints. */
export function deviceCard({ exposed, view }: Shown, now: UnixMs): Html {
  const { name, title, device } = exposed
  const state = deviceState(view, device.staleAfterMs, now)
  const base = `devices/${encodeURIComponent(name)}`
  return html`<article class="${state.mood}">
<h2>${name}</h2>
<p class="what">${title} at ${device.place}</p>
<p class="state"><strong>${state.title}.</strong> ${state.detail}</p>
${readingsTable(name, view, exposed.showSerials, now)}
<nav aria-label="Endpoints of ${name}">
<a href="${base}/unified">Metrics</a>
<a href="${base}/metrics">Drop-in metrics</a>
<a href="${base}/status">Status as JSON</a>
</nav>
</article>
`
}

function readingsTable(name: string, view: View, showSerials: boolean, now: UnixMs): Html {
  const groups = byGroup(view)
  if (groups.size === 0) return NOTHING
  const bodies = [...groups].map(
    ([group, readings]) => html`<tbody>
${groups.size > 1 ? html`<tr class="group"><th colspan="3" scope="rowgroup">${group}</th></tr>` : NOTHING}
${readings.map(reading => readingRow(reading, showSerials, now))}</tbody>
`,
  )
  return html`<table>
<caption>Readings of ${name}</caption>
<thead><tr><th scope="col">Reading</th><th scope="col" class="number">Value</th><th scope="col" class="age">Age</th></tr></thead>
${bodies}</table>`
}

function byGroup(view: View): ReadonlyMap<string, readonly ShownReading[]> {
  return Map.groupBy(shownReadings(view), ({ reading }) => reading.group)
}

function readingRow({ key, reading }: ShownReading, showSerials: boolean, now: UnixMs): Html {
  const isHidden = reading.isPersonal === true && !showSerials
  const value = isHidden ? MASK : valueWords(reading.value)
  const unit = reading.unit === undefined ? NOTHING : html` <span class="unit">${reading.unit}</span>`
  return html`<tr><th scope="row">${breakable(key)}</th><td class="number"${isHidden ? HIDDEN : NOTHING}>${value}${unit}</td><td class="age">${ageWords(now - reading.receivedAt)}</td></tr>
`
}

const HIDDEN = html` title="Personal: hidden here"`

/** Vendors' keys are long words: they may break after their own separators. */
function breakable(key: string): readonly Html[] {
  return key.split(/(?<=[_./:-])(?=.)/).map((part, i) => (i === 0 ? html`${part}` : html`<wbr>${part}`))
}
