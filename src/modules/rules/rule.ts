import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Rule } from '../../core/rules/rule.ts'
import { action, type Context, type Module, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { jobStatement } from '../../platform/jobs/queues.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { checkAssignable } from './assigning.ts'
import { differencesOf } from './difference.ts'
import { readOwnPack } from './own-pack.ts'
import { confirm, settle } from './rule.access.ts'
import { assignRule, confirmRule, importRule, withdrawRule } from './rule.contract.ts'
import { ruleConfirmationRecord, rulePackRecord, ruleParameterRecord, ruleSettings } from './rule.facts.ts'
import { ruleQueries } from './rule.queries.ts'
import { ownRules, waitsForConfirmation } from './shipped.ts'

/** The rule, shipped or the bureau's own, or a refusal. */
async function ruleOrRefuse(ctx: Context, id: string): Promise<Rule> {
  const shipped = ctx.catalogues.catalogue.rules.find(id)
  if (shipped !== undefined) return shipped
  const own = ownRules(await ruleSettings(ctx.tx, ctx.org.orgId), ctx.today).find(({ rule }) => rule.id === id)
  if (own === undefined) throw new Refusal('rule/unknown', { rule: id })
  return own.rule
}

/** Whatever counts by the rules counts anew, once the act is committed. */
function recount(ctx: Writing): void {
  ctx.side(jobStatement('tally', ctx.newId(), { orgId: ctx.org.orgId }))
}

function refuseDocumentation(rule: Rule): void {
  if (rule.standing === 'documentation')
    throw new Refusal('rule/documentation-only', { rule: rule.words.zh, ruleEn: rule.words.en })
}

const confirming = action(confirmRule, {
  may: confirm,
  run: async (ctx, input) => {
    const rule = await ruleOrRefuse(ctx, input.rule)
    refuseDocumentation(rule)
    const facts = { rule: rule.words.zh, ruleEn: rule.words.en }
    if (!waitsForConfirmation(rule)) throw new Refusal('rule/needs-no-confirmation', facts)
    const { confirmed } = await ruleSettings(ctx.tx, ctx.org.orgId)
    if (confirmed.some((one) => one.rule === rule.id)) throw new Refusal('rule/already-confirmed', facts)
    const { source, article } = input
    const valid_from = rule.standing === 'dormant' ? (input.from ?? ctx.today) : null
    const settingId = ctx.add(ruleConfirmationRecord, { rule: rule.id, valid_from, source, article, withdrawn: false })
    recount(ctx)
    return { settingId, rule: rule.id }
  },
})

const assigning = action(assignRule, {
  may: settle,
  run: async (ctx, input) => {
    const rule = await ruleOrRefuse(ctx, input.rule)
    refuseDocumentation(rule)
    const { assigned } = await ruleSettings(ctx.tx, ctx.org.orgId)
    const change = {
      rule: rule.id,
      from: input.from,
      source: input.source ?? '',
      params: { [input.param]: input.value },
    }
    checkAssignable(rule, assigned, input.param, change)
    const row = {
      rule: rule.id,
      param: input.param,
      value: String(input.value),
      valid_from: input.from,
      source: input.source ?? null,
      withdrawn: false,
    }
    const before = await ctx.tx.first(
      sql<
        Stored & typeof row
      >`select * from rule_parameters p where p.org_id = ${ctx.org.orgId} and p.rule = ${row.rule}
        and p.param = ${row.param} and p.valid_from = ${row.valid_from} and not p.withdrawn and ${knownAt('p')} for no key update`,
    )
    if (before !== null && before.value === row.value && before.source === row.source)
      throw new Refusal('rule/nothing-changed')
    if (before !== null) ctx.revise(ruleParameterRecord, before, row)
    const settingId = before?.id ?? ctx.add(ruleParameterRecord, row)
    recount(ctx)
    return { settingId, rule: row.rule, param: row.param, value: input.value, from: row.valid_from }
  },
})

const importing = action(importRule, {
  may: settle,
  run: async (ctx, input) => {
    const from = input.from ?? ctx.today
    const settings = await ruleSettings(ctx.tx, ctx.org.orgId)
    const pack = readOwnPack(ctx, input.text, settings, from)
    const differences = differencesOf(ctx.catalogues.catalogue, pack, from)
    const told = { pack: pack.id, title: pack.title, from, differences }
    const digest = createHash('sha256').update(input.text, 'utf8').digest('hex')
    const row = { pack: pack.id, valid_from: from, digest, title: pack.title, text: input.text, withdrawn: false }
    const before = await ctx.tx.first(
      sql<Stored & typeof row>`select * from rule_packs p where p.org_id = ${ctx.org.orgId} and p.pack = ${row.pack}
        and p.valid_from = ${from} and not p.withdrawn and ${knownAt('p')} for no key update`,
    )
    if (input.check) return { settingId: null, ...told }
    if (before?.digest === digest) throw new Refusal('rule/nothing-changed')
    if (before !== null) ctx.revise(rulePackRecord, before, row)
    recount(ctx)
    return { settingId: before?.id ?? ctx.add(rulePackRecord, row), ...told }
  },
})

interface Setting {
  readonly record: RecordType
  readonly row: Stored & { withdrawn: boolean }
}

async function loadSetting(ctx: Context, input: { settingId: string }): Promise<Setting | null> {
  const found = await Promise.all(
    [ruleConfirmationRecord, ruleParameterRecord, rulePackRecord].map(async (record) => {
      const row = await ctx.tx.first(
        sql<Setting['row']>`select s.* from ${sql.table(record.table)} s where s.org_id = ${ctx.org.orgId}
          and s.id = ${input.settingId} and ${knownAt('s')} for no key update`,
      )
      return row === null ? [] : [{ record, row }]
    }),
  )
  return found.flat()[0] ?? null
}

const withdrawing = action(withdrawRule, {
  subject: loadSetting,
  may: settle,
  run: async (ctx, input, { record, row }) => {
    if (row.withdrawn) throw new Refusal('rule/setting-withdrawn')
    ctx.because(input.reason)
    ctx.revise(record, row, { withdrawn: true })
    recount(ctx)
    return { settingId: row.id }
  },
})

/** Rules as a bureau stands to them: confirmed by a named person, set, made stricter by a pack of its own. */
export const rules: Module = {
  name: 'rules',
  actions: [confirming, assigning, importing, withdrawing],
  queries: ruleQueries,
  records: [ruleConfirmationRecord, ruleParameterRecord, rulePackRecord],
}
