import type { Disturbance } from './disturbance.ts'
import type { Gateway } from './gateways/gateway.ts'

export interface GatewayStart {
  readonly seed: number
  readonly startAt: number
  /** How often a page was asked for so far. */
  reads(page: string): number
}

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** Who may read a gateway with security on. */
export const DEMO_CREDENTIALS: Credentials = { user: 'demo', password: 'demo' }
/** The same where people write what they like. */
export const ODD_CREDENTIALS: Credentials = { user: 'Jürg & Söhne', password: 'p=ä+% "€&;§\'x' }

/** A scenario and the gateway that plays it. */
export interface Scene {
  readonly name: string
  readonly summary: string
  /** Who has to log in; undefined where security is off. */
  readonly login: Credentials | undefined
  readonly disturbances: readonly Disturbance[]
  make(start: GatewayStart): Gateway
}
