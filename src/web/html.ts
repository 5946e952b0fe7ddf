/** Markup that is safe to send: made by `html` alone. */
export interface Html {
  readonly markup: string
}

type Content = string | number | Html | readonly Html[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup from a template; every text put into it is escaped, also inside quoted attributes. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { markup: parts.reduce((markup, part, i) => markup + markupOf(contents[i - 1] ?? '') + part) }
}

/** Nothing, where an optional piece of markup is left out. */
export const NOTHING: Html = { markup: '' }

function markupOf(content: Content): string {
  if (typeof content === 'string') return escaped(content)
  if (typeof content === 'number') return String(content)
  return 'markup' in content ? content.markup : content.map(piece => piece.markup).join('')
}

/** Control characters are no part of HTML and could hide text: they show as a replacement character. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, character => ESCAPES[character] ?? '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
