import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { rowMeant } from '../../core/catalogue/catalogue.ts'
import { layerOfUnit, type Order, type Owner, ownerOf, postInCharge } from '../../core/duties/owner.ts'
import { dayOfTerm } from '../../core/duties/term.ts'
import type { Reading } from '../../core/reading/reading.ts'
import type { DraftFields } from './draft.contract.ts'

type Found = Reading['duties'][number]

/** Why a value stands in a draft although the text does not say it there (推断). */
export type Inferred = Record<string, 'words' | 'heading' | 'inherited' | 'default' | 'subject' | 'charge' | 'phrase'>

/** A draft's values as the reader and the bureau's order give them. */
export interface Drafted {
  readonly fields: DraftFields
  readonly inferred: Inferred
}

/**
 * Turns what the reader found into a draft: names become units and posts of the day's order, terms in words become
 * days of the year, the leader follows from who is in charge. What the text does not say stays null.
 */
export function draftOf(found: Found, order: Order, catalogue: Catalogue, year: number): Drafted {
  const subjects = found.subject.map((name) => ({ name, owner: ownerOf(name, order, catalogue) }))
  const stated =
    found.leadUnit === null ? null : { name: found.leadUnit, owner: ownerOf(found.leadUnit, order, catalogue) }
  const supports = found.supportUnits.map((name) => ({ name, owner: ownerOf(name, order, catalogue) }))
  const lead = stated?.owner ?? subjects.find(({ owner }) => owner.unitId !== null)?.owner ?? null
  const others = [...subjects, ...supports].flatMap(({ owner }) => (owner.unitId === null ? [] : [owner.unitId]))
  const leadUnitId = lead?.unitId ?? null
  const leader = leaderOf(
    subjects.map(({ owner }) => owner),
    leadUnitId,
    order,
  )
  const layer = layerFor(
    subjects.map(({ owner }) => owner),
    lead,
    order,
    catalogue,
  )
  const deadline = found.deadline === null ? null : dayOfTerm(found.deadline, year)
  const kind = rowMeant(catalogue.dutyKinds, found.kind)?.id ?? 'other'
  const unresolved = [...subjects, ...(stated === null ? [] : [stated]), ...supports]
    .filter(({ owner }) => owner.unitId === null && owner.postId === null && owner.layer === null)
    .map(({ name }) => name)
  const inferred: Inferred = { kind: 'words' }
  if (found.subjectSource !== 'explicit') inferred.subject = found.subjectSource
  if (leadUnitId !== null && stated === null) inferred.leadUnitId = 'subject'
  if (layer !== null) inferred.layer = 'subject'
  if (leader.postId !== null) inferred.leaderPostId = leader.by
  if (deadline !== null && !/\d{1,2}月\d{1,2}[日号]/.test(found.deadline ?? '')) inferred.deadline = 'phrase'
  return {
    inferred,
    fields: {
      kind,
      layer,
      subject: found.subject,
      leadUnitId,
      supportUnitIds: [...new Set(others)].filter((id) => id !== leadUnitId),
      leaderPostId: leader.postId,
      watcherPostId: null,
      deadline,
      deadlineText: found.deadline,
      cadence: found.cadence,
      measures: measuresOf(found),
      milestones: [],
      cites: found.cites,
      common: leadUnitId === null && subjects.some(({ owner }) => owner.common),
      unresolved: [...new Set(unresolved)],
    },
  }
}

function leaderOf(
  subjects: readonly Owner[],
  leadUnitId: string | null,
  order: Order,
): { postId: string | null; by: 'subject' | 'charge' } {
  const named = subjects.find((owner) => owner.postId !== null)
  if (named !== undefined) return { postId: named.postId, by: 'subject' }
  return { postId: postInCharge(leadUnitId, order), by: 'charge' }
}

function layerFor(subjects: readonly Owner[], lead: Owner | null, order: Order, catalogue: Catalogue): string | null {
  const said = subjects.find((owner) => owner.layer !== null)?.layer
  if (said) return said
  const unit = order.units.find((one) => one.unitId === lead?.unitId)
  return lead?.layer ?? (unit === undefined ? null : layerOfUnit(unit, catalogue))
}

/** Targets of the text are measures: they say in numbers when the duty is done. */
function measuresOf(found: Found): string[] {
  const signs = { '>=': '以上', '>': '超过', '<=': '以内', '<': '低于', '=': '' }
  return found.targets
    .filter((target) => target.value !== null)
    .map((target) => `${target.indicator}${target.value}${target.unit}${signs[target.op]}`)
}
