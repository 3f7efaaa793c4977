import { sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { addDays } from '../../core/calendar/days.ts'
import type { RuleVersion } from '../../core/rules/rule.ts'
import { layOver } from '../../core/rules/strictness.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { personNames } from '../organisation/organisation.facts.ts'
import { differencesOf } from './difference.ts'
import { changesOf, packsOn, versionOn } from './laying.ts'
import { maySet } from './rule.access.ts'
import { getRule, listOwnPacks, listRules, type RuleLine } from './rule.contract.ts'
import { type RuleSettings, ruleSettings, rulesFor } from './rule.facts.ts'
import { type LibraryRule, ownRules, shippedRules, waitsForConfirmation } from './shipped.ts'

/** The rules of a bureau as the library shows them: all of them, and those that owe something. */
interface Library {
  readonly all: readonly LibraryRule[]
  readonly active: ReadonlyMap<string, ActiveRule>
  readonly settings: RuleSettings
}

async function libraryOf(ctx: ReadContext): Promise<Library> {
  const { catalogue } = ctx.catalogues
  const [settings, active] = await Promise.all([
    ruleSettings(ctx.tx, ctx.org.orgId),
    rulesFor(ctx.tx, ctx.org.orgId, catalogue),
  ])
  return {
    all: [...shippedRules(catalogue), ...ownRules(settings, ctx.today)],
    active: new Map(active.map((rule) => [rule.id, rule])),
    settings,
  }
}

/** The values of a version's parameters on a day: as the bureau set them, never laxer than the source says them. */
function valuesOn({ settings }: Library, rule: string, version: RuleVersion, day: string) {
  const changes = changesOf(packsOn(settings.packs, day), settings)
  return layOver(
    version,
    changes.filter((change) => change.rule === rule && change.from <= day),
  ).values
}

function lineOf(library: Library, { rule, pack, own }: LibraryRule, today: string): z.input<typeof RuleLine> {
  const { settings } = library
  const version = versionOn(rule, today)
  const held = library.active.get(rule.id)
  const now = held?.versions.find(({ from, to }) => from <= today && today <= to)
  const confirmed = settings.confirmed.find((one) => one.rule === rule.id)
  const values = valuesOn(library, rule.id, version, today)
  const changed =
    settings.assigned.some((one) => one.rule === rule.id) ||
    packsOn(settings.packs, today).some(({ pack: mine }) => mine.changes.some((one) => one.rule === rule.id))
  return {
    rule: rule.id,
    words: rule.words,
    pack: { id: pack.id, title: pack.title },
    own,
    strictness: rule.strictness,
    confidence: rule.confidence,
    standing: rule.standing,
    visibility: rule.visibility,
    article: version.article ?? confirmed?.article ?? null,
    says: now?.says ?? version.says,
    unconfirmed: waitsForConfirmation(rule) && confirmed === undefined,
    confirmed: confirmed !== undefined,
    active: now !== undefined,
    expected: held?.expected ?? rule.standing !== 'hard',
    unset: Object.keys(version.params).filter((name) => values[name] === undefined),
    changed,
  }
}

const listing = answer(listRules, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    ctx.unscoped('rules are the same for everybody in the bureau')
    const library = await libraryOf(ctx)
    const items = library.all
      .map((one) => lineOf(library, one, ctx.today))
      .filter(
        (line) =>
          (input.pack === undefined || line.pack.id === input.pack) &&
          (input.standing === undefined || line.standing === input.standing) &&
          (input.active === undefined || line.active === input.active),
      )
    const documentation = ctx.catalogues.catalogue.strictness.rows
      .filter(({ standing }) => standing === 'documentation')
      .map(({ id, part, strictness, confidence, why }) => ({ id, part, strictness, confidence, why }))
    return { on: ctx.today, items, documentation }
  },
})

interface Act {
  settingId: string
  at: string
  byPid: string | null
  behalfPid: string | null
}

/** Who said each setting, and when: of its current version. */
async function saidBy(ctx: ReadContext, indexes: readonly number[]) {
  const acts = await ctx.tx.all(
    sql<Act & { idx: number }>`select j.idx, j.at, a.by_pid "byPid", a.on_behalf_pid "behalfPid" from journal_entries j
      join acts a on a.org_id = j.org_id and a.id = j.act_id
      where j.org_id = ${ctx.org.orgId} and j.idx = any(${indexes as number[]}::bigint[])`,
  )
  const pids = acts.flatMap(({ byPid, behalfPid }) => [byPid, behalfPid]).filter((pid) => pid !== null)
  const names = await personNames(ctx.tx, ctx.org.orgId, pids)
  const person = (pid: string | null) => ({ personId: pid, name: pid === null ? null : (names.get(pid) ?? null) })
  const byIndex = new Map(acts.map((act) => [act.idx, act]))
  return ({ settingId, recordedIdx }: { settingId: string; recordedIdx: number }) => {
    const act = byIndex.get(recordedIdx)!
    const onBehalfOf = act.behalfPid === null ? null : person(act.behalfPid)
    return { settingId, at: act.at, by: person(act.byPid), onBehalfOf }
  }
}

function versionsOf(
  library: Library,
  { rule }: LibraryRule,
  today: string,
): z.input<typeof getRule.output>['versions'] {
  const current = versionOn(rule, today)
  return rule.versions.map((version) => ({
    from: version.from,
    to: version.to ?? null,
    article: version.article,
    says: version.says,
    current: version === current,
    every: 'every' in version.window ? version.window.every : null,
    partial: version.partial,
    ordinarilyIn: version.ordinarily_in === undefined ? null : [...version.ordinarily_in],
    readings: version.readings.map(({ id, says }) => ({ id, says })),
    params: Object.entries(version.params).map(([param, one]) => ({
      param,
      words: one.words,
      type: one.type,
      unit: one.unit ?? null,
      base: one.value ?? null,
      value: valuesOn(library, rule.id, version, today)[param] ?? null,
      min: one.min ?? null,
      max: one.max ?? null,
      stricter: one.stricter,
    })),
  }))
}

const getting = answer(getRule, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    ctx.unscoped('rules are the same for everybody in the bureau')
    const library = await libraryOf(ctx)
    const found = library.all.find(({ rule }) => rule.id === input.rule)
    if (found === undefined) throw new Refusal('record/not-found')
    const { settings } = library
    const confirmed = settings.confirmed.find((one) => one.rule === input.rule)
    const assigned = settings.assigned.filter((one) => one.rule === input.rule)
    const said = await saidBy(
      ctx,
      [...assigned, ...(confirmed ? [confirmed] : [])].map(({ recordedIdx }) => recordedIdx),
    )
    return {
      ...lineOf(library, found, ctx.today),
      source: found.rule.source ?? found.pack.title,
      url: found.pack.url,
      versions: versionsOf(library, found, ctx.today),
      confirmation: confirmed
        ? { ...said(confirmed), source: confirmed.source, article: confirmed.article, from: confirmed.from }
        : null,
      assignments: assigned.map((one) => ({
        ...said(one),
        param: one.param,
        value: one.value,
        from: one.from,
        source: one.source,
      })),
      differences: packsOn(settings.packs, ctx.today).flatMap(({ pack, from }) =>
        differencesOf(ctx.catalogues.catalogue, pack, from).filter(({ rule }) => rule === input.rule),
      ),
      maySet: maySet(ctx.actor),
    }
  },
})

const packing = answer(listOwnPacks, {
  may: anyOf(anyone),
  run: async (ctx) => {
    ctx.unscoped("a bureau's own pack is known to everybody in it")
    const { packs } = await ruleSettings(ctx.tx, ctx.org.orgId)
    const said = await saidBy(
      ctx,
      packs.map(({ recordedIdx }) => recordedIdx),
    )
    const held = packsOn(packs, ctx.today)
    const items = packs.map((one) => {
      const next = packs.find((later) => later.pack.id === one.pack.id && later.from > one.from)
      return {
        ...said(one),
        pack: one.pack.id,
        title: one.title,
        from: one.from,
        to: next === undefined ? null : addDays(next.from, -1),
        inForce: held.includes(one),
        digest: one.digest,
        text: one.text,
        differences: differencesOf(ctx.catalogues.catalogue, one.pack, one.from),
      }
    })
    return { on: ctx.today, items: items.reverse() }
  },
})

/** What can be read of rules. */
export const ruleQueries = [listing, getting, packing]
