import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { rowMeant } from '../../core/catalogue/catalogue.ts'
import { layerOfUnit, type Order, type Owner, ownerOf, ownersNamed, postInCharge } from '../../core/duties/owner.ts'
import { dayOfTerm } from '../../core/duties/term.ts'
import type { Reading } from '../../core/reading/reading.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { fill, type Words } from '../../platform/i18n/words.ts'
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
 * days of the year, the leader follows from who is in charge. `passage` is the draft's text with what stands before it
 * in its sentence, where the owner may be named. What the text does not say stays null.
 */
export function draftOf(
  found: Found,
  passage: string,
  order: Order,
  { catalogue, words }: Catalogues,
  year: number,
): Drafted {
  const subjects = found.subject.map((name) => ({ name, owner: ownerOf(name, order, catalogue) }))
  const stated =
    found.leadUnit === null ? null : { name: found.leadUnit, owner: ownerOf(found.leadUnit, order, catalogue) }
  const supports = found.supportUnits.map((name) => ({ name, owner: ownerOf(name, order, catalogue) }))
  const named = ownersNamed(passage, order.units)
  const subjectUnit = subjects.find(({ owner }) => owner.unitId !== null)?.owner.unitId ?? null
  const leadUnitId = stated?.owner.unitId ?? named.leadUnitId ?? subjectUnit
  const byName = stated === null && named.leadUnitId !== null
  const explicit = found.subjectSource === 'explicit'
  const helpers = [...supports, ...(byName && !explicit ? [] : subjects)].flatMap(({ owner }) => owner.unitId ?? [])
  const others = [...helpers, ...named.supportIds]
  // An owner that the sentence names itself stands over one that was carried on from before.
  const owners = byName && !explicit ? [] : subjects.map(({ owner }) => owner)
  const leader = leaderOf(owners, leadUnitId, order)
  const layer = layerFor(owners, leadUnitId, order, catalogue)
  const deadline = found.deadline === null ? null : dayOfTerm(found.deadline, year)
  const kind = rowMeant(catalogue.dutyKinds, found.kind)?.id ?? 'other'
  const unresolved = [...subjects, ...(stated === null ? [] : [stated]), ...supports]
    .filter(({ owner }) => owner.unitId === null && owner.postId === null && owner.layer === null)
    .map(({ name }) => name)
  const inferred: Inferred = { kind: 'words' }
  if (found.subjectSource !== 'explicit') inferred.subject = found.subjectSource
  if (leadUnitId !== null && stated === null && !named.stated) inferred.leadUnitId = byName ? 'words' : 'subject'
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
      measures: measuresOf(found, words),
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

function layerFor(
  subjects: readonly Owner[],
  leadUnitId: string | null,
  order: Order,
  catalogue: Catalogue,
): string | null {
  const said = subjects.find((owner) => owner.layer !== null)?.layer
  if (said) return said
  const unit = order.units.find((one) => one.unitId === leadUnitId)
  return unit === undefined ? null : layerOfUnit(unit, catalogue)
}

const bounds = {
  '>=': 'target.at-least',
  '>': 'target.over',
  '<=': 'target.at-most',
  '<': 'target.under',
  '=': 'target.equal',
} as const

/** Targets of the text are measures: they say in numbers when the duty is done. */
function measuresOf(found: Found, words: Words): string[] {
  return found.targets
    .filter((target) => target.value !== null)
    .map((target) => {
      const facts = { indicator: target.indicator, value: target.value, unit: target.unit }
      return fill(words.messages.get(bounds[target.op])!.zh, facts)
    })
}

/** A draft's text from where its sentence begins, but not from before the end of the draft that comes before it. */
export function passageOf(text: string, found: Found, previousEnd: number): string {
  const before = text.slice(previousEnd, found.start)
  const stop = Math.max(...['\u3002', '\uff1b', '\n'].map((mark) => before.lastIndexOf(mark)))
  return before.slice(stop + 1) + text.slice(found.start, found.end)
}
