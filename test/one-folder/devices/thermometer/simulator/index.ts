import type { SerialSimulator, SimulatedLine } from '../../../core/simulator.ts'

/** Says the same temperature to everybody, each second. */
export const thermometerSimulator: SerialSimulator = {
  kind: 'serial',
  scenarios: [{ name: 'warm', summary: 'It is warm.' }],
  start({ clock }) {
    const lines = new Set<SimulatedLine>()
    let cancel = () => {}
    const say = () => {
      for (const line of lines) void line.send(Buffer.from('T 21.5\n'))
      cancel = clock.after(1_000, say)
    }
    say()
    return {
      attach(line) {
        lines.add(line)
        line.gone.addEventListener('abort', () => lines.delete(line))
      },
      stop: () => cancel(),
    }
  },
}
