import { type Actor, dayOf, holds } from '../../core/access/actor.ts'
import { holdsThePost, isThePerson, mayKnow, type Owed } from './excuse.access.ts'
import type { Owed as Obligation } from './owed.ts'

/** What is owed, or might be, as far as rights are judged by it. */
type Named = Pick<Obligation, 'rule' | 'by' | 'subject' | 'expected'>

/** An obligation as far as rights are judged by it. */
export function rightsOf({ rule, by, subject, expected }: Named): Owed {
  const { type, id: subjectId, unitId } = subject
  return { rule, visibility: by.visibility, expected, type, subjectId, unitId }
}

/**
 * Claims that the actor may know of what is owed. Of a unit or post whoever sees the unit, of talks and hours whoever sees
 * talks of it; of a person he himself, his branch secretary and the Party office; of reports on personal matters he himself
 * and the Party office alone.
 */
export function seesObligation(actor: Actor, obligation: Named): boolean {
  const owed = rightsOf(obligation)
  if (owed.visibility === 'personal')
    return isThePerson(actor, owed) || holdsThePost(actor, owed) || holds(actor, 'office')
  return mayKnow(actor, owed)
}

/** Claims that the actor owes it himself, or by a post that he holds; while he acts for somebody, that this one does. */
export function owesHimself(actor: Actor, { subject }: Obligation): boolean {
  const { pid, holdings } = dayOf(actor)
  if (subject.type === 'person') return pid === subject.id
  return subject.type === 'post' && holdings.some(({ postId }) => postId === subject.id)
}
