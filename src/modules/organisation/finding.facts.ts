import { sql } from 'kysely'
import type { ReadContext } from '../../platform/action/action.ts'
import { type Found, holdsWords, type Sought } from '../../platform/db/words.ts'
import { soundsLike } from '../../platform/i18n/pinyin.ts'
import { knownAt, unitsOn } from './organisation.facts.ts'
import { unitsOfPersons } from './organisation.queries.ts'

const spelt = /^[a-z']+$/

/**
 * Persons by part of their name, or by how it sounds (`zhouyuan`, `zya`), with the units where they stand; under the rights
 * of `person.find`.
 */
export async function findByName(ctx: ReadContext, { words, limit }: Sought): Promise<Found> {
  ctx.unscoped('names and units of colleagues are known to everybody who works in the bureau')
  const letters = words.join('')
  const bySound = spelt.test(letters)
  const named = bySound ? sql`true` : holdsWords(sql`coalesce(p.name, '')`, words)
  const rows = await ctx.tx.all(sql<{ id: string; name: string | null }>`select i.pid as id, p.name from person_ids i
      join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')}
    where i.org_id = ${ctx.org.orgId} and p.name is not null and ${named} order by length(p.name), p.name, i.pid`)
  const found = bySound ? rows.filter(({ name }) => soundsLike(name ?? '', letters.replaceAll("'", ''))) : rows
  const shown = found.slice(0, limit)
  const units = await unitsOfPersons(
    ctx,
    shown.map(({ id }) => id),
    ctx.today,
  )
  const hits = shown.map(({ id, name }) => ({
    id,
    title: name,
    named: null,
    note: (units.get(id) ?? []).map((unit) => unit.name).join(' '),
    on: null,
    no: null,
    year: null,
  }))
  return { total: found.length, hits }
}

/** Units of today by their name, in the order of the organisation; under the rights of `unit.tree`. */
export async function findUnits(ctx: ReadContext, { words, limit }: Sought): Promise<Found> {
  ctx.unscoped('the order of the bureau is known to everybody who works in it')
  const units = await unitsOn(ctx.tx, ctx.org.orgId, ctx.today)
  const found = units.filter(({ name }) => words.every((word) => (name ?? '').toLowerCase().includes(word)))
  const kinds = ctx.catalogues.catalogue.unitKinds
  const hits = found.slice(0, limit).map(({ unitId, name, kind }) => ({
    id: unitId,
    title: name,
    named: kinds.find(kind)?.words ?? null,
    note: null,
    on: null,
    no: null,
    year: null,
  }))
  return { total: found.length, hits }
}
