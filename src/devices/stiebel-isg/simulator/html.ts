import type { Gateway, Table } from './gateways/gateway.ts'

/** What a page is made of besides its tables. */
export interface Frame extends Pick<Gateway, 'brand' | 'language' | 'version'> {
  /** What the page says of its own charset. */
  readonly charset: string
  /** 13 hexadecimal digits, for forms that write. */
  readonly token: string
  /** Who is logged in; undefined where nobody has to. */
  readonly user: string | undefined
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text within HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, sign => ENTITIES[sign] ?? sign)
}

/** A page with its tables in pairs. Elements are closed in the wrong order, and `lang` is always German: so it is. */
export function valuePage(frame: Frame, tables: readonly Table[]): string {
  const pairs: string[] = []
  for (let first = 0; first < tables.length; first += 2) {
    const pair = tables.slice(first, first + 2).map(table => tableHtml(table, frame.brand.picture))
    pairs.push(`<div class="pair">\n${pair.join('')}</div>\n`)
  }
  const form = `<div id="content"><form id="werte" action="#" method="get">\n${pairs.join('')}`
  return page(frame, `${form}</div></form></div>\n`, frame.version)
}

/** The form that every page is while nobody is logged in. */
export function loginPage(frame: Frame): string {
  const fields = [
    '<input type="hidden" name="make" value="send">',
    '<label for="user">Benutzer</label><input type="text" name="user" id="user" value="">',
    '<label for="pass">Passwort</label><input type="password" name="pass" id="pass" value="">',
    '<div class="button" onclick="document.getElementById(\'werte\').submit();">Login</div>',
  ]
  const form = `<div id="content"><form id="werte" method="POST">\n<div>${fields.join('\n')}`
  return page(frame, `${form}\n</div></form></div>\n`, '')
}

function tableHtml({ heading, rows }: Table, picture: string): string {
  const head = `<tr><th class="round-top" colspan=2>${escaped(heading)}</th></tr>\n`
  const lines = rows.map(([key, value], index) => {
    const isLast = index === rows.length - 1
    const cell = value === '' ? `<img src="${picture}">` : escaped(value)
    return [
      `<tr class="${index % 2 === 0 ? 'even' : 'odd'}">`,
      `<td class="key${isLast ? ' round-leftbottom' : ''}">${escaped(key)}</td>`,
      `\n  <td class="value${isLast ? ' round-rightbottom' : ''}">${cell}</td></tr>\n`,
    ].join('')
  })
  return `<table class="info" cellspacing="0">\n${head}${lines.join('')}</table>\n`
}

function page({ brand, language, charset, token, user }: Frame, content: string, version: string): string {
  const greeting = user === undefined ? '' : `<strong>${escaped(user)}</strong>${LOGOUT}`
  return `<?xml version="1.0" encoding="${charset}"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="de">
<head>
<title>${brand.title}</title>
<meta http-equiv="Content-Type" content="text/html; charset=${charset}" />
<meta name="content-language" content="de" />
<script type="text/javascript">if (1 < 2 && "<td class='key'>KEIN WERT</td>") { var jsvalues = []; }</script>
</head>
<body>
<div id="sessionToken" style="display:none">${token}</div>
<!-- <table class="info"><tr class="even"><td class="key">ALT</td><td class="value">1</td></tr></table> -->
<div id="wrapper"><div id="login">${greeting}</div>
<div class="eingestelle_sprache"><a href="?s=5,3">${language}</a></div>
<ul id="menu"><li><a href="?s=0">START</a><li><a href="?s=1,0">INFO</a><li><a href="?s=2,0">DIAGNOSE</a></ul>
${content}<div id="footer"><p id="versionsNummer">${version}</p></div>
</body>
</html>
`
}

const LOGOUT = `<form name="logout" method="post"><input type="hidden" name="logout" value="Logout"></form>`
