import type { ErrorCode } from 'yaml'

const NEEDS_QUOTES = 'put a text with special characters in quotes'

/** What to say of an alias that stands for nothing; most often it is a text that needed quotes. */
export const ALIAS_WORDS = 'this alias has no anchor before it; put a text that begins with * or & in quotes'

const UNCLOSED = 'a { or [ that was opened before is not closed'

/**
 * What a syntax error means, in our words. The parser's own message is only looked at, never passed on:
 * it may hold a piece of the file, and that piece may be a password.
 */
export function syntaxWords(code: ErrorCode, parserMessage: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent YAML; use spaces'
    case 'BAD_INDENT':
      if (parserMessage.includes('end with')) return UNCLOSED
      return 'this line is indented differently from its neighbours; keys of one level start in one column'
    case 'MULTIPLE_DOCS':
      return 'a second document begins here; the configuration is one document, without --- between parts'
    case 'BAD_SCALAR_START':
      return 'a text cannot begin with this character; put it in quotes'
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return ALIAS_WORDS
    case 'MULTIPLE_ANCHORS':
    case 'BAD_PROP_ORDER':
    case 'MULTIPLE_TAGS':
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return 'YAML tags such as !secret are not known here; put a text that begins with ! or & in quotes, and write a secret as { file: PATH } or { env: NAME }'
    case 'BAD_DQ_ESCAPE':
      return 'this \\ sequence means nothing in double quotes; use single quotes, or write \\\\'
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second "key: value" begins inside this value; give it a line of its own in the column of its neighbours, or put a text that contains ": " in quotes'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'this is not "key: value"; is the ":" or the space after it missing, or the indentation wrong?'
    case 'BLOCK_IN_FLOW':
      return 'inside { } and [ ] entries are separated by commas, not by lines and indentation'
    case 'BAD_DIRECTIVE':
      return 'lines that begin with % are YAML directives, which are not needed here; remove it'
    case 'RESOURCE_EXHAUSTION':
      return 'nested too deeply'
    case 'MISSING_CHAR':
      return missingCharacter(parserMessage)
    case 'UNEXPECTED_TOKEN':
      return `this does not belong here; ${NEEDS_QUOTES}`
    default:
      return `this is not valid YAML; ${NEEDS_QUOTES}`
  }
}

function missingCharacter(parserMessage: string): string {
  if (parserMessage.includes('quote')) return 'a quote that was opened is not closed'
  if (parserMessage.includes('followed by map values')) return 'this is not "key: value"; the ":" is missing'
  if (parserMessage.includes('to end with')) return UNCLOSED
  if (parserMessage.includes('space after :')) return 'a space is missing after the ":"'
  if (parserMessage.includes('between')) return 'a comma is missing between two entries'
  if (parserMessage.includes('omments must be')) return 'a space is missing before the "#" of the comment'
  return `this is not valid YAML; ${NEEDS_QUOTES}`
}
