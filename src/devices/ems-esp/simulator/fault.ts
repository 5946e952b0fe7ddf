/** What goes wrong between the gateway and who asks it. Times are divided by the pace. */
export type Fault =
  /** The connection is closed without a word. */
  | { readonly kind: 'reset' }
  /** The request is taken and never answered. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Head and body come in pieces. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** The head promises so many bytes more than come. */
  | { readonly kind: 'wrong-length'; readonly by: number }
  /** Half the body comes, then the connection ends; the head told the truth, or half of it. */
  | { readonly kind: 'truncated'; readonly isAdmitted: boolean }
  /** Every path that starts so is spoiled by another fault. */
  | { readonly kind: 'only'; readonly path: string; readonly fault: Fault }
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly contentType: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'wrong-shape' }
  | { readonly kind: 'endless' }
  /** Down, then up with the devices coming one by one. */
  | { readonly kind: 'reboot'; readonly downMs: number; readonly emptyMs: number; readonly betweenMs: number }
