/** What other modules may ask about what is owed; the transaction must see the whole bureau. */
export { type Asked, type Owed, owedBy, owedOn } from './owed.ts'
