import { type RawBuilder, sql } from 'kysely'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { LocalPack } from '../../core/rules/rule.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import { readPackText } from '../../platform/catalogue/pack-text.ts'
import { ofBureau, type Reads } from '../../platform/db/pool.ts'
import { newestOf } from '../../platform/journal/newest.ts'
import type { RecordType } from '../../platform/journal/record.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'
import { activeRules } from './laying.ts'

/** A named person's word that source and article of a rule were seen. */
export const ruleConfirmationRecord: RecordType = {
  type: 'rule-confirmation',
  table: 'rule_confirmations',
  clear: ['rule', 'valid_from', 'withdrawn'],
  sealed: ['source', 'article'],
  names: { valid_from: 'from' },
}

/** A parameter of a rule as the bureau set it from a day on. */
export const ruleParameterRecord: RecordType = {
  type: 'rule-parameter',
  table: 'rule_parameters',
  clear: ['rule', 'param', 'value', 'valid_from', 'withdrawn'],
  sealed: ['source'],
  names: { valid_from: 'from' },
}

/** The bureau's own pack as the text that was imported; its digest stands in the clear. */
export const rulePackRecord: RecordType = {
  type: 'rule-pack',
  table: 'rule_packs',
  clear: ['pack', 'valid_from', 'digest', 'withdrawn'],
  sealed: ['title', 'text'],
  names: { valid_from: 'from' },
}

/** A confirmation as it stands. */
export interface Confirmed {
  readonly settingId: string
  readonly rule: string
  readonly source: string | null
  readonly article: string | null
  /** A dormant rule is asked from this day on; null for one that was asked before. */
  readonly from: string | null
  readonly recordedIdx: number
}

/** A parameter as the bureau set it. */
export interface Assigned {
  readonly settingId: string
  readonly rule: string
  readonly param: string
  readonly value: number | string
  readonly from: string
  readonly source: string | null
  readonly recordedIdx: number
}

/** An own pack that holds from a day on, until one of the same id follows it. */
export interface OwnPack {
  readonly settingId: string
  readonly from: string
  readonly title: string
  readonly digest: string
  readonly text: string
  readonly pack: LocalPack
  readonly recordedIdx: number
}

/** All that a bureau laid over the shipped rules. */
export interface RuleSettings {
  readonly confirmed: readonly Confirmed[]
  readonly assigned: readonly Assigned[]
  /** By day, oldest first. */
  readonly packs: readonly OwnPack[]
}

/** A parameter is stored as text: days stay days, everything else is a number. */
export const paramValue = (text: string): number | string => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : Number(text))

/** What the bureau laid over the shipped rules, as known at a journal size. */
export async function ruleSettings(tx: Reads, orgId: number, size: KnownAt = null): Promise<RuleSettings> {
  const [confirmed, assigned, packs] = await Promise.all([
    tx.all(sql<Confirmed>`select c.id "settingId", c.rule, c.source, c.article, c.valid_from "from",
        c.recorded_idx "recordedIdx"
      from rule_confirmations c where c.org_id = ${orgId} and ${knownAt('c', size)} and not c.withdrawn order by c.rule, c.id`),
    tx.all(sql<
      Assigned & { value: string }
    >`select a.id "settingId", a.rule, a.param, a.value, a.valid_from "from", a.source,
        a.recorded_idx "recordedIdx"
      from rule_parameters a where a.org_id = ${orgId} and ${knownAt('a', size)} and not a.withdrawn
      order by a.valid_from, a.rule, a.param, a.id`),
    tx.all(sql<
      Omit<OwnPack, 'pack'>
    >`select k.id "settingId", k.valid_from "from", k.title, k.digest, k.text, k.recorded_idx "recordedIdx"
      from rule_packs k where k.org_id = ${orgId} and ${knownAt('k', size)} and not k.withdrawn order by k.valid_from, k.pack, k.id`),
  ])
  return {
    confirmed,
    assigned: assigned.map((one) => ({ ...one, value: paramValue(one.value) })),
    packs: packs.map((one) => ({ ...one, pack: packOf(one.text) })),
  }
}

function packOf(text: string): LocalPack {
  const read = readPackText(text)
  // It was read once before it was stored; a later vocabulary that no longer takes it must not end in silence.
  if ('problems' in read) throw new Error(`a stored pack cannot be read: ${read.problems[0]?.says}`)
  return read.value
}

/** Types and tables of what a bureau lays over the shipped rules. */
export const rulesTables: Readonly<Record<string, string>> = {
  [ruleConfirmationRecord.type]: ruleConfirmationRecord.table,
  [ruleParameterRecord.type]: ruleParameterRecord.table,
  [rulePackRecord.type]: rulePackRecord.table,
}

/** What the rules of a bureau hang on beside the catalogue: the newest of its settings. */
export function rulesMark(orgId: number): RawBuilder<string> {
  return newestOf(orgId, Object.values(rulesTables))
}

/** Rules in force by the last setting that they rest on; a catalogue that is read anew starts empty. */
const kept = new WeakMap<Catalogue, Map<string, readonly ActiveRule[]>>()
const KEPT_MAX = 500

function lastSettingOf(orgId: number, known: RawBuilder<unknown>): RawBuilder<{ key: string }> {
  const newest = (table: string) =>
    sql`(select recorded_idx, id, version from ${sql.table(table)} where org_id = ${orgId} and ${known}
      order by recorded_idx desc limit 1)`
  return sql<{ key: string }>`select recorded_idx || '/' || id || '/' || version as key from (
    ${newest('rule_confirmations')} union all ${newest('rule_parameters')} union all ${newest('rule_packs')}) s
    order by recorded_idx desc limit 1`
}

const lastSetting = ofBureau((orgId) => lastSettingOf(orgId, sql`true`))

/**
 * The rules that owe something in a bureau, shipped and its own, with its settings laid over them, as known at a journal
 * size. Kept by the newest of these settings, so that asking again costs one read of an index.
 */
export async function rulesFor(
  tx: Reads,
  orgId: number,
  catalogue: Catalogue,
  size: KnownAt = null,
): Promise<readonly ActiveRule[]> {
  const last = await tx.first(
    size === null ? lastSetting(orgId) : lastSettingOf(orgId, sql`recorded_idx < ${size}::bigint`),
  )
  // Bureaus that set nothing have the same rules, and whatever is worked out for them.
  const key = last === null ? '' : `${orgId} ${last.key}`
  const mine = kept.get(catalogue) ?? new Map<string, readonly ActiveRule[]>()
  kept.set(catalogue, mine)
  const before = mine.get(key)
  if (before !== undefined) return before
  const settings = last === null ? NONE : await ruleSettings(tx, orgId, size)
  const rules = activeRules(catalogue, settings)
  if (mine.size >= KEPT_MAX) mine.delete(mine.keys().next().value!)
  mine.set(key, rules)
  return rules
}

/** A bureau that laid nothing over the shipped rules. */
export const NONE: RuleSettings = { confirmed: [], assigned: [], packs: [] }
