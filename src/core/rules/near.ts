import { addDays } from '../calendar/days.ts'
import type { Scene, Tally } from './judge.ts'
import { matchFact } from './match.ts'
import type { Near } from './obligation.ts'
import { byDay, heldNextTo, standingTo } from './records.ts'
import { unitOf } from './subjects.ts'

/** For how many days after the last day that counts a record is still shown as one that came too late to count. */
export const AFTER_DAYS = 31

/**
 * Records beside those judged that nearly count for a measure: held by the unit directly above or below, or within a month
 * after the last day that counts.
 */
export function nearBeside(scene: Scene, tally: Tally): Near[] {
  return [...heldByNeighbour(scene, tally), ...tooLate(scene, tally)].sort(byDay)
}

function tooLate({ organisation, records, covered, window, on }: Scene, { measure }: Tally): Near[] {
  if (window.countsTo >= on) return []
  const end = addDays(window.countsTo, AFTER_DAYS)
  const from = addDays(window.countsTo, 1)
  return standingTo(organisation, records, measure.of, covered, from, end < on ? end : on)
    .filter((fact) => fact.on >= from && matchFact(organisation, measure, fact, covered, window)?.as === 'match')
    .map(({ type, id, on: day }) => ({ type, id, on: day, why: 'after-window' }))
}

function heldByNeighbour({ organisation, records, covered, window, on }: Scene, { measure }: Tally): Near[] {
  const { of } = measure
  if (!('activity' in of) || of.by !== 'own') return []
  const last = window.countsTo < on ? window.countsTo : on
  const anywhere = standingTo(organisation, records, { ...of, by: 'bureau' }, covered, window.countsFrom, last)
  return anywhere
    .filter((fact) => {
      const unitId = unitOf(organisation, covered, fact.on)
      if (fact.type !== 'activity' || unitId === undefined || !heldNextTo(organisation, fact, unitId)) return false
      const match = matchFact(organisation, { ...measure, of: { ...of, bodies: undefined } }, fact, covered, window)
      return match?.as === 'match'
    })
    .map(({ type, id, on: day }) => ({ type, id, on: day, why: 'other-unit' }))
}
