import { holdAll } from './hold-all.ts'

holdAll('direct()')
