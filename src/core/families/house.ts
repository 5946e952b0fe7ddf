import { families } from './family.ts'

/** What hearth says of itself. These families belong to no device: they carry no label `device`. */
export const HOUSE_FAMILIES = families({
  hearth_build_info: {
    type: 'info',
    help: 'Version of hearth.',
    labels: ['version', 'revision', 'runtime'],
  },
})
