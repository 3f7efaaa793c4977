import * as z from 'zod'
import { Day, Id, Line, page, paging, query, verb } from '../../core/contract.ts'
import { CiteRow } from './document.contract.ts'

const Title = Line(200)
const parts = { aliases: z.array(Title).max(30).optional(), versionNote: Line(200).nullish(), issuedOn: Day.nullish() }

/** Enters a cited document in the register; a title or alias that is already registered is refused with its entry. */
export const recordCite = verb('cite.record', {
  input: z.strictObject({ title: Title, ...parts }),
  output: z.object({ id: Id }),
  refusals: ['cite/already-recorded'],
})

/** Corrects an entry of the register; fields that are absent stay, null empties. */
export const amendCite = verb('cite.amend', {
  input: z.strictObject({ id: Id, title: Title.optional(), ...parts }),
  output: z.object({ id: Id }),
  refusals: ['cite/already-recorded'],
})

/** Says that two entries are one document: the first's names become aliases of the second, and what rests on it follows. */
export const mergeCites = verb('cite.merge', {
  input: z.strictObject({ id: Id, intoId: Id }),
  output: z.object({ id: Id, aliases: z.array(z.string()) }),
  refusals: ['cite/merged-into-itself'],
})

/** The register, by title, with how many documents, duties and rules rest on each entry. */
export const listCites = query('cite.list', {
  input: z.strictObject({ q: Line(100).optional(), ...paging }),
  output: page(CiteRow),
})

/** One entry and everything that rests on it, as `{noun, id}`; `duty.list` with `citeId` gives the duties themselves. */
export const getCite = query('cite.get', {
  input: z.strictObject({ id: Id }),
  output: CiteRow.extend({
    rests: z.array(z.object({ noun: z.enum(['document', 'duty', 'rule']), id: Id, times: z.number().int() })),
  }),
})
