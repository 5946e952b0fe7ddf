/** The address of Kronoterm's cloud. */
export const CLOUD_URL = 'https://cloud.kronoterm.com'

/** The cloud is not asked more often than this, whatever is configured. */
export const SHORTEST_INTERVAL_S = 10
