import type { Module } from '../../platform/action/action.ts'
import * as personClass from './class.ts'
import { kinds } from './kind.ts'
import * as mandate from './mandate.ts'
import * as membership from './membership.ts'
import * as reads from './organisation.queries.ts'
import * as ownData from './own-data.ts'
import * as people from './person.queries.ts'
import * as person from './person.ts'
import * as post from './post.ts'
import * as roster from './roster.ts'
import { rosterBookAnswer } from './roster-book.ts'
import * as unit from './unit.ts'

export { type ClassSpan, classesOf } from './class.ts'
export { actorHoldings, type Holdings, scopesOf } from './holdings.ts'
export { mandateFor } from './mandate.ts'
export { type PersonInOrder, personsInOrder, ranged } from './order.ts'
export {
  bodyOn,
  holderOf,
  type KnownAt,
  memberKinds,
  membersOf,
  nameJoin,
  type PersonOn,
  personNames,
  rosterOn,
  subtreeOf,
  subtreesOf,
  type UnitOn,
  unitNames,
  unitsOn,
} from './organisation.facts.ts'
export { alsoErase, type Eraser } from './person.ts'

/** The bureau's own order: units, persons, posts, appointments, memberships, charges, mandates, classes of persons, all dated. */
export const organisation: Module = {
  name: 'organisation',
  actions: [
    unit.open,
    unit.move,
    unit.rename,
    unit.close,
    person.record,
    person.amend,
    person.erase,
    post.open,
    post.close,
    post.appointPerson,
    post.endAppointment,
    post.assign,
    post.endCharge,
    membership.record,
    membership.transfer,
    membership.amend,
    membership.close,
    personClass.assign,
    personClass.close,
    mandate.grant,
    mandate.revoke,
    roster.importAll,
  ],
  queries: [
    reads.tree,
    reads.roster,
    reads.posts,
    reads.handovers,
    reads.mandates,
    people.list,
    people.find,
    people.get,
    ownData.kept,
    ownData.copy,
    personClass.list,
    roster.template,
    rosterBookAnswer,
    kinds,
  ],
  records: [
    unit.unitRecord,
    unit.unitPeriodRecord,
    person.personRecord,
    post.postRecord,
    post.appointmentRecord,
    post.chargeRecord,
    membership.membershipRecord,
    personClass.classRecord,
    mandate.mandateRecord,
  ],
}
