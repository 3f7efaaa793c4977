import { sql } from 'kysely'
import type { Lexicon } from '../../core/reading/lexicon.ts'
import { citeKey } from '../../core/text/cites.ts'
import { action, type Context } from '../../platform/action/action.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type RecordType, type Stored } from '../../platform/journal/record.ts'
import { amendCite, mergeCites, recordCite } from './cite.contract.ts'
import { mayKeepDocuments } from './document.access.ts'

/** An entry of the register of cited documents; a merged one points to the entry that took its names. */
export const citedDocumentRecord: RecordType = {
  type: 'cited-document',
  table: 'cited_documents',
  clear: ['title', 'aliases', 'version_note', 'issued_on', 'merged_into'],
  sealed: [],
}

interface CiteStored extends Stored {
  title: string
  aliases: string[]
}

async function citeForUpdate(ctx: Context, id: string): Promise<CiteStored | null> {
  return ctx.tx.first(sql<CiteStored>`select * from cited_documents where org_id = ${ctx.org.orgId} and id = ${id}
    and superseded_idx = ${sql.raw(CURRENT)} and merged_into is null for no key update`)
}

/** Key of a title or alias to the entry that bears it; merged entries bear none. */
export async function registerOf(tx: Reads, orgId: number, lexicon: Lexicon): Promise<Map<string, string>> {
  const rows = await tx.all(sql<{
    id: string
    title: string
    aliases: string[]
  }>`select id, title, aliases from cited_documents
    where org_id = ${orgId} and superseded_idx = ${sql.raw(CURRENT)} and merged_into is null`)
  const keys = new Map<string, string>()
  for (const row of rows) for (const name of [row.title, ...row.aliases]) keys.set(citeKey(name, lexicon), row.id)
  return keys
}

async function refuseKnown(ctx: Context, names: readonly string[], ownId: string | null): Promise<void> {
  const register = await registerOf(ctx.tx, ctx.org.orgId, ctx.catalogues.lexicon)
  for (const name of names) {
    const id = register.get(citeKey(name, ctx.catalogues.lexicon))
    if (id !== undefined && id !== ownId) throw new Refusal('cite/already-recorded', { title: name, citeId: id })
  }
}

export const recordCiteAction = action(recordCite, {
  may: mayKeepDocuments,
  run: async (ctx, input) => {
    const aliases = input.aliases ?? []
    await refuseKnown(ctx, [input.title, ...aliases], null)
    const id = ctx.add(citedDocumentRecord, {
      title: input.title,
      aliases,
      version_note: input.versionNote ?? null,
      issued_on: input.issuedOn ?? null,
      merged_into: null,
    })
    return { id }
  },
})

export const amendCiteAction = action(amendCite, {
  subject: (ctx, input) => citeForUpdate(ctx, input.id),
  may: mayKeepDocuments,
  run: async (ctx, input, stored: CiteStored) => {
    await refuseKnown(ctx, [input.title ?? stored.title, ...(input.aliases ?? [])], input.id)
    ctx.revise(citedDocumentRecord, stored, {
      title: input.title ?? stored.title,
      aliases: input.aliases ?? stored.aliases,
      ...(input.versionNote === undefined ? {} : { version_note: input.versionNote }),
      ...(input.issuedOn === undefined ? {} : { issued_on: input.issuedOn }),
    })
    return { id: input.id }
  },
})

export const mergeCitesAction = action(mergeCites, {
  subject: async (ctx, input) => {
    // One order of locks, whichever way round two people merge.
    const found = new Map<string, CiteStored | null>()
    for (const id of [input.id, input.intoId].sort()) found.set(id, await citeForUpdate(ctx, id))
    const from = found.get(input.id)
    const into = found.get(input.intoId)
    return from && into ? { from, into } : null
  },
  may: mayKeepDocuments,
  run: async (ctx, input, { from, into }: { from: CiteStored; into: CiteStored }) => {
    if (input.id === input.intoId) throw new Refusal('cite/merged-into-itself')
    const aliases = [...new Set([...into.aliases, from.title, ...from.aliases])].filter((name) => name !== into.title)
    ctx.revise(citedDocumentRecord, into, { aliases })
    ctx.revise(citedDocumentRecord, from, { merged_into: into.id })
    const { orgId } = ctx.org
    ctx.side(sql`update citations c set cite_id = ${into.id} where c.org_id = ${orgId} and c.cite_id = ${from.id}
      and not exists (select 1 from citations o where o.org_id = ${orgId} and o.cite_id = ${into.id} and o.noun = c.noun and o.ref_id = c.ref_id)`)
    ctx.side(sql`delete from citations where org_id = ${orgId} and cite_id = ${from.id}`)
    return { id: into.id, aliases }
  },
})
