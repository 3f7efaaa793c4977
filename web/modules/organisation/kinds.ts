import { kindsHeld } from '../../lib/kinds.ts'

/** The kinds of post and the kinds of unit that have them. */
export const postKinds = () => kindsHeld().posts

/** The kinds of unit and those under which they may stand. */
export const unitKinds = () => kindsHeld().units
