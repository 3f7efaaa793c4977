import * as z from 'zod'
import { Day, Id, Line, page, paging, query, verb } from '../../core/contract.ts'
import { standings } from './membership.contract.ts'

/** Records a person. Of somebody with the name of another it asks for a staff number or `namesake: true`. */
export const recordPerson = verb('person.record', {
  input: z.strictObject({ name: Line(40), staffNo: Line(30).optional(), namesake: z.boolean().optional() }),
  output: z.object({ personId: Id }),
  refusals: ['person/namesake', 'person/staff-no-taken'],
})

/** Corrects name or staff number of a person. */
export const amendPerson = verb('person.amend', {
  input: z.strictObject({ personId: Id, name: Line(40).optional(), staffNo: Line(30).nullable().optional() }),
  output: z.object({ personId: Id }),
  refusals: ['person/staff-no-taken', 'person/erased'],
})

/** Erases a person: name and number go, what was counted stays counted (decision 6). */
export const erasePerson = verb('person.erase', {
  input: z.strictObject({
    personId: Id,
    basis: z.enum(['own-wish', 'retention-ended', 'recorded-by-mistake']),
  }),
  output: z.object({ fields: z.number().int().describe('emptied fields, over all versions') }),
  refusals: ['person/erased', 'person/still-in-post'],
})

const Named = z.object({
  personId: Id,
  name: z.string().nullable(),
  units: z.array(z.object({ unitId: Id, name: z.string() })).describe('what tells two of one name apart'),
})

/** All persons with staff numbers, by name; for those who keep the roster. */
export const listPersons = query('person.list', {
  input: z.strictObject({ name: z.string().max(40).optional(), unitId: Id.optional(), on: Day.optional(), ...paging }),
  output: page(Named.extend({ staffNo: z.string().nullable() })),
})

/** Persons by part of a name, each with the units in which he stands on the day. */
export const findPersons = query('person.find', {
  input: z.strictObject({ name: Line(40), on: Day.optional() }),
  output: z.object({ items: z.array(Named) }),
})

const Held = { unitId: Id, unit: z.string(), from: Day, to: Day.nullable().describe('last day; null: open') }

/** One person: the posts held, and the memberships in branches that the caller sees, the latest first. */
export const getPerson = query('person.get', {
  input: z.strictObject({ personId: Id }),
  output: z.object({
    personId: Id,
    name: z.string().nullable().describe('null: erased'),
    posts: z.array(z.object({ ...Held, postId: Id, title: z.string() })),
    memberships: z.array(z.object({ ...Held, standing: z.enum(standings) })),
  }),
})
