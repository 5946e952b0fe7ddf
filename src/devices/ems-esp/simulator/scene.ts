import type { Fault } from './fault.ts'
import type { House } from './house.ts'

/**
 * A scenario:
 * - a house stands alone;
 * - a variation changes the house that was chosen last (at the start: the full one with firmware 3.8);
 * - a fault leaves it as it is and spoils the answers.
 * The next scenario takes away the variation or the fault before it.
 */
export type Scene = { readonly name: string; readonly summary: string } & (
  | { readonly kind: 'house'; readonly house: House; readonly isLiving?: boolean }
  | { readonly kind: 'variation'; vary(house: House): House }
  | { readonly kind: 'fault'; readonly fault: Fault }
)
