import * as z from 'zod'
import { Day } from '../../../src/core/contract.ts'
import { dutyViews } from '../../../src/modules/duties/duty.contract.ts'

const Year = z.number().int().min(1990).max(2100)
const id = z.uuid().optional().catch(undefined)
const no = z.number().int().min(1).optional().catch(undefined)
const word = z.string().max(40).optional().catch(undefined)

/** How the rows of the list are gathered. */
export const groupings = ['layer', 'leader', 'unit'] as const
/** One of these. */
export type Grouping = (typeof groupings)[number]

/** What became of a duty from one standing of the list to another. */
export const changes = ['changed', 'new', 'dropped', 'same', 'neverClosed'] as const

/** What the address of the responsibility list holds: year, version, tab, filters, order, grouping, comparison. */
export const dutiesSearch = z.lazy(() =>
  z.object({
    year: Year.optional().catch(undefined),
    /** A frozen version instead of the list as it is now; in a comparison also the list after an amendment. */
    version: no,
    amendment: no,
    /** The year with which this one is compared, and which standing of its list. */
    against: Year.optional().catch(undefined),
    againstVersion: no,
    againstAmendment: no,
    /** Which changes of the comparison are shown. */
    change: z.enum(changes).optional().catch(undefined),
    view: z.enum(dutyViews).optional().catch(undefined),
    layer: word,
    kind: word,
    leader: id,
    /** Only work of the trade, or only Party work. */
    business: z.boolean().optional().catch(undefined),
    unit: id,
    from: Day.optional().catch(undefined),
    to: Day.optional().catch(undefined),
    q: z.string().max(100).optional().catch(undefined),
    sort: z.enum(['no', 'due']).optional().catch(undefined),
    group: z.enum(groupings).optional().catch(undefined),
  }),
)
/** The same as a type. */
export type DutiesSearch = z.output<typeof dutiesSearch>

/** What the address of one duty holds beside its number. */
export const dutySearch = z.lazy(() =>
  z.object({
    year: Year.optional().catch(undefined),
    /** Which part of its course is shown. */
    course: z.enum(['progress', 'decisions']).optional().catch(undefined),
  }),
)

/** What the address of a leader's quarterly sheet holds. */
export const sheetSearch = z.lazy(() =>
  z.object({
    post: id,
    year: Year.optional().catch(undefined),
    quarter: z.number().int().min(1).max(4).optional().catch(undefined),
  }),
)
