import { text } from '../http.ts'

/** The layer's refusals, with the texts recorded from the real one in 2022-11. */

/** During INIT, and in the first INVOKE until the extension's own event/next has returned. */
export const notReady = () => text(400, 'not ready to serve traffic, please wait')

/** The answer to every failure of AWS behind the layer; only the layer's log says which. */
export const opaque = () => text(400, 'an unexpected error occurred while executing request')
