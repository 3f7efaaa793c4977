import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import type { Field } from '../../core/catalogue/fields.ts'
import { answer } from '../../platform/action/action.ts'
import { type KindField, listKinds } from './kind.contract.ts'

const named = ({ id, words: { zh, en } }: { id: string; words: { zh: string; en: string } }) => ({
  id,
  words: { zh, en },
})

function fieldOf(field: Field): z.input<typeof KindField> {
  const { type } = field
  if (type === 'text') return { ...named(field), type, max: field.max }
  if (type === 'number') return { ...named(field), type, min: field.min, max: field.max, whole: field.whole }
  if (type === 'choice') return { ...named(field), type, choices: field.choices?.map(named) ?? null }
  return { ...named(field), type }
}

/** The kinds of the bureau's catalogue, for every page that lets somebody choose one. */
export const kinds = answer(listKinds, {
  may: anyOf(anyone),
  run: async (ctx) => {
    ctx.unscoped('rows of the catalogue belong to nobody')
    const { catalogue } = ctx.catalogues
    return {
      activities: catalogue.activityKinds.rows.map((kind) => ({
        ...named(kind),
        group: kind.group,
        bodies: [...kind.bodies],
        attendance: kind.attendance,
        mayVote: kind.may_vote,
        fields: kind.fields.map(fieldOf),
      })),
      talks: catalogue.talkKinds.rows.map((kind) => ({
        ...named(kind),
        shape: kind.shape,
        maskedBelow: kind.masked_below ?? null,
        months: kind.pair_months ?? null,
      })),
      duties: catalogue.dutyKinds.rows.map((kind) => ({ ...named(kind), business: kind.business })),
      layers: catalogue.dutyLayers.rows.map(named),
      units: catalogue.unitKinds.rows.map((kind) => ({ ...named(kind), parents: [...kind.parents] })),
      posts: catalogue.postKinds.rows.map((kind) => ({ ...named(kind), units: [...kind.units] })),
      statuses: catalogue.attendanceStatuses.rows.map((row) => ({ ...named(row), countsAs: row.counts_as })),
      audiences: catalogue.audiences.rows.map(named),
      topics: catalogue.topics.rows.map(named),
    }
  },
})
