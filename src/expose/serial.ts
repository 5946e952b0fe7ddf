const SHOWN_CHARACTERS = 4

/** `...` and the end of a serial: enough to tell two meters apart, too little to look one up. A short one is hidden whole. */
export function shortSerial(serial: string): string {
  return serial.length > SHOWN_CHARACTERS ? `...${serial.slice(-SHOWN_CHARACTERS)}` : '...'
}
