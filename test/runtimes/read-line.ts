// Reads the line that its argument names and prints what it hears. Beyond that line nothing keeps its event loop turning.
import { HearthError } from '../../src/core/errors.ts'
import { lineTransport } from '../../src/transport/index.ts'

const clock = {
  now: () => {
    throw new Error('no time is asked for')
  },
  monotonic: () => {
    throw new Error('no time is asked for')
  },
  // No timer at all: one would turn the loop and hide a reader that sleeps.
  after: () => () => undefined,
}

async function main(): Promise<void> {
  const { signal } = new AbortController()
  const line = lineTransport(process.argv[2] ?? '', { clock })
  const connection = await line.open({ baudRate: 1200, dataBits: 7, parity: 'even', stopBits: 1 }, signal)
  process.stdout.write('open\n')
  try {
    for await (const bytes of connection.read(signal)) process.stdout.write(bytes)
  } catch (error) {
    process.stdout.write(`${error instanceof HearthError ? error.code : String(error)}\n`)
  }
  await connection.close()
}

void main()
