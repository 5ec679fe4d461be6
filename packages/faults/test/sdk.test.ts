import { holdAll } from './hold-all.ts'

holdAll('sdk()')
