import { createHash } from 'node:crypto'
import type { Clock, UnixMs } from '../core/clock.ts'
import type { Answer, Exposition } from '../expose/types.ts'
import { deviceCard, isGood } from './device-card.ts'
import { type Html, html } from './html.ts'
import { PAGE_STYLE } from './page-style.ts'

const REFRESH_SECONDS = 10

type Shown = ReturnType<Exposition['devices']>

/** The page at `/`: what each device says now, made on the server, without scripts. */
export function pageHandler(exposition: Exposition, clock: Clock): () => Answer {
  const styleHash = createHash('sha256').update(PAGE_STYLE).digest('base64')
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  }
  return () => ({ status: 200, headers, body: Buffer.from(page(exposition.devices(), clock.now()).markup) })
}

/** Links are relative, so that the page also works behind a proxy that serves it below a path. */
function page(devices: Shown, now: UnixMs): Html {
  const cards = devices.map(device => deviceCard(device, now))
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>hearth</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<link rel="icon" href="favicon.ico" type="image/svg+xml">
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<header>
<h1>hearth</h1>
<p>${summary(devices, now)}</p>
</header>
<main>
${cards.length === 0 ? EMPTY : cards}
</main>
<footer>
<nav aria-label="Endpoints of all devices">
<a href="metrics">All metrics</a>
<a href="sd">Service discovery</a>
<a href="-/healthy">Health</a>
<a href="-/ready">Readiness</a>
</nav>
<p>The page renews itself every ${REFRESH_SECONDS} seconds.</p>
</footer>
</body>
</html>
`
}

const EMPTY = html`<p class="empty">No device is configured yet. Add one below <code>devices:</code> in hearth.yml.</p>`

function summary(devices: Shown, now: UnixMs): string {
  const up = devices.filter(device => isGood(device, now)).length
  if (devices.length === 0) return 'No devices.'
  if (devices.length === 1) return up === 1 ? 'The device is up.' : 'The device is not up.'
  return up === devices.length ? `All ${up} devices are up.` : `${up} of ${devices.length} devices are up.`
}
