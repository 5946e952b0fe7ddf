import type { Driver } from '../core/driver.ts'
import { emsEsp } from './ems-esp/index.ts'
import { intergas } from './intergas/index.ts'
import { kronotermCloud } from './kronoterm-cloud/index.ts'
import { linky } from './linky/index.ts'
import { stiebelIsg } from './stiebel-isg/index.ts'

/** Every device hearth can read: one folder and one line each. */
export const drivers: readonly Driver[] = [linky, intergas, kronotermCloud, stiebelIsg, emsEsp]
