/** A stream of numbers in [0, 1) that one seed always repeats. */
export type Random = () => number

/** A small seeded generator: the simulator must say the same bytes for the same seed on every machine. */
export function createRandom(seed: number): Random {
  let count = 0
  return () => hashUnit(seed, count++)
}

/** A number in [0, 1) that depends on its arguments alone: noise that can be asked for any moment, in any order. */
export function hashUnit(...keys: readonly number[]): number {
  let hash = 0x2545_f491
  for (const key of keys) {
    hash = scramble(hash ^ (key | 0))
    // The upper half counts too: slots of ten seconds since 1970 need 28 bits, byte counts may need more than 32.
    hash = scramble(hash + Math.floor(key / 0x1_0000_0000))
  }
  return hash / 0x1_0000_0000
}

/** A whole number from `least` to `most`, both included. */
export function wholeBetween(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

/** Spreads every input bit over all 32 output bits. */
function scramble(input: number): number {
  let bits = (input + 0x9e37_79b9) | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0_aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a_2d97)
  return (bits ^ (bits >>> 15)) >>> 0
}
