import { sql } from 'kysely'
import type * as z from 'zod'
import { answer } from '../../platform/action/action.ts'
import { offsetOf, pageOf } from '../../platform/action/pages.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { getCite, listCites } from './cite.contract.ts'
import { mayReadCites, mayReadDocuments } from './document.access.ts'

type Listed = z.input<typeof listCites.output>['items'][number]

const columns = sql.raw(`c.id, c.title, c.aliases, c.version_note "versionNote", c.issued_on "issuedOn",
  (select count(*) from citations r where r.org_id = c.org_id and r.cite_id = c.id and r.noun = 'document') as documents,
  (select count(*) from citations r where r.org_id = c.org_id and r.cite_id = c.id and r.noun = 'duty') as duties,
  (select count(*) from citations r where r.org_id = c.org_id and r.cite_id = c.id and r.noun = 'rule') as rules`)

export const listCitesAnswer = answer(listCites, {
  may: mayReadCites,
  run: async (ctx, input) => {
    ctx.unscoped('titles of cited documents name no unit and no person')
    const limit = input.limit ?? 100
    const rows = await ctx.tx.all(sql<
      Listed & { total: number }
    >`select ${columns}, count(*) over () as total from cited_documents c
      where c.org_id = ${ctx.org.orgId} and c.superseded_idx = ${sql.raw(CURRENT)} and c.merged_into is null
        and (${input.q ?? null}::text is null or position(${input.q ?? null}::text in c.title || ' ' || array_to_string(c.aliases, ' ')) > 0)
      order by c.title, c.id limit ${limit + 1} offset ${offsetOf(input.cursor)}`)
    return pageOf(rows, limit, input.cursor)
  },
})

export const getCiteAnswer = answer(getCite, {
  may: mayReadDocuments,
  run: async (ctx, input) => {
    ctx.unscoped('ids of what rests on an entry; only the office and supervision read them')
    const row = await ctx.tx.first(sql<Listed>`select ${columns} from cited_documents c
      where c.org_id = ${ctx.org.orgId} and c.id = ${input.id} and c.superseded_idx = ${sql.raw(CURRENT)}`)
    if (row === null) throw new Refusal('record/not-found')
    const rests = await ctx.tx.all(sql<{
      noun: 'document' | 'duty' | 'rule'
      id: string
      times: number
    }>`select noun, ref_id id, times from citations
      where org_id = ${ctx.org.orgId} and cite_id = ${input.id} order by noun, ref_id`)
    return { ...row, rests }
  },
})
