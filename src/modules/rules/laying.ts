import { addDays, OPEN_END } from '../../core/calendar/days.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { rulesInForce } from '../../core/rules/resolve.ts'
import type { LocalChange, Rule, RuleVersion } from '../../core/rules/rule.ts'
import type { ActiveRule, RuleInForce } from '../../core/rules/world.ts'
import type { OwnPack, RuleSettings } from './rule.facts.ts'

const BEGINNING = '0001-01-01'

interface Slice {
  readonly from: string
  readonly to: string
  readonly packs: readonly OwnPack[]
}

/** Own packs that hold on a day: of each id the one that began last. */
export function packsOn(packs: readonly OwnPack[], day: string): OwnPack[] {
  const held = new Map<string, OwnPack>()
  for (const one of packs) if (one.from <= day) held.set(one.pack.id, one)
  return [...held.values()]
}

/** Runs of days in which the same own packs hold. */
function slicesOf(packs: readonly OwnPack[]): Slice[] {
  const starts = [BEGINNING, ...new Set(packs.map(({ from }) => from))].sort()
  return starts.map((from, index) => {
    const next = starts[index + 1]
    return { from, to: next === undefined ? OPEN_END : addDays(next, -1), packs: packsOn(packs, from) }
  })
}

/** What stands over the shipped rules while some packs hold: their changes, and parameters that the bureau set, by their days. */
export function changesOf(packs: readonly OwnPack[], settings: RuleSettings): LocalChange[] {
  const set = settings.assigned.map(({ rule, param, value, from, source }): LocalChange => {
    return { rule, from, source: source ?? '', params: { [param]: value } }
  })
  return [...packs.flatMap(({ pack }) => pack.changes), ...set].sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** The shipped rules of a catalogue and the bureau's own of some packs, each with its regulation as its source. */
function rulesWith(catalogue: Catalogue, packs: readonly OwnPack[]): Rule[] {
  const shipped = catalogue.rules.rows.map((rule) => ({
    ...rule,
    source: rule.source ?? catalogue.packs.get(rule.pack).title,
  }))
  const own = packs.flatMap(({ pack }) =>
    pack.rules.map((rule) => ({ ...rule, source: rule.source ?? { zh: pack.title, en: pack.title } })),
  )
  return [...shipped, ...own]
}

const sameContent = (a: RuleInForce, b: RuleInForce) =>
  JSON.stringify({ ...a, from: '', to: '' }) === JSON.stringify({ ...b, from: '', to: '' })

/** Versions cut to the slice; one that only goes on where the earlier slice ended stays one version. */
function append(before: readonly RuleInForce[], more: readonly RuleInForce[], { from, to }: Slice): RuleInForce[] {
  const all = [...before]
  for (const version of more) {
    if (version.to < from || version.from > to) continue
    const cut = { ...version, from: version.from < from ? from : version.from, to: version.to > to ? to : version.to }
    const last = all.at(-1)
    const goesOn = last !== undefined && cut.from === from && last.to === addDays(from, -1) && sameContent(last, cut)
    if (goesOn) all[all.length - 1] = { ...last, to: cut.to }
    else all.push(cut)
  }
  return all
}

/**
 * The rules that owe something, with everything that the bureau said laid over them. A pack holds until one of the same id
 * follows it, so each run of days is resolved with the packs of these days and the runs are joined.
 */
export function activeRules(catalogue: Catalogue, settings: RuleSettings): readonly ActiveRule[] {
  const confirmed = settings.confirmed.map((one) => ({ ...one, from: one.from ?? undefined }))
  const joined = new Map<string, ActiveRule>()
  for (const slice of slicesOf(settings.packs)) {
    const changes = changesOf(slice.packs, settings)
    for (const rule of rulesInForce(rulesWith(catalogue, slice.packs), { confirmed, changes })) {
      const versions = append(joined.get(rule.id)?.versions ?? [], rule.versions, slice)
      if (versions.length > 0) joined.set(rule.id, { ...rule, versions })
    }
  }
  return [...joined.values()]
}

/** The version of a rule that holds on a day, else the last one that began. */
export function versionOn(rule: Rule, day: string): RuleVersion {
  const begun = rule.versions.filter((version) => version.from <= day)
  return begun.at(-1) ?? rule.versions[0]!
}
