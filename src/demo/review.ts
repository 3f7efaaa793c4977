import type { Hand } from './company.ts'

/** A duty that the review makes: the draft that holds the words `has`, with these values set. */
export interface Row {
  readonly has: string
  readonly changes: Readonly<Record<string, unknown>>
}

interface Draft {
  id: string
  start: number
  end: number
  mode: string
  state: string
}

interface Wanted {
  readonly merge: readonly (readonly [string, string])[]
  readonly split: readonly string[]
  /** The day of the list, on which its duties are put into it. */
  readonly issuedOn: string
}

/**
 * Reviews a text as a clerk would: merges, splits, sets values, rejects what is no duty, confirms, and puts the rest into
 * the list. Returns the ids of the duties in the order of `rows`.
 */
export async function reviewText(
  clerk: Hand,
  documentId: string,
  text: string,
  wanted: Wanted,
  rows: readonly Row[],
): Promise<string[]> {
  await clerk.act('draft.open', { documentId })
  const draftsNow = async (): Promise<Draft[]> => (await clerk.ask('draft.list', { documentId })).items
  let drafts = await draftsNow()
  for (const pair of wanted.merge) {
    const ids = [...new Set(pair.map((words) => holding(drafts, text, words)?.id))].filter((id) => id !== undefined)
    if (ids.length < 2) continue
    await clerk.act('draft.merge', { documentId, ids })
    drafts = await draftsNow()
  }
  for (const words of wanted.split) {
    const draft = holding(drafts, text, words)
    const at = text.indexOf(words)
    if (draft === undefined || at === draft.start) continue
    await clerk.act('draft.split', { documentId, id: draft.id, at: [at] })
    drafts = await draftsNow()
  }
  const chosen = await choose(clerk, documentId, text, rows, drafts)
  const none = (await draftsNow()).filter((draft) => draft.mode === 'do' && !chosen.includes(draft.id))
  if (none.length > 0) await clerk.act('draft.reject', { documentId, ids: none.map((draft) => draft.id) })
  const { coverage } = await clerk.act('draft.confirm', { documentId, ids: chosen })
  if (coverage.undecided > 0) await clerk.act('clause.amend', { documentId, allUndecided: true, state: 'left' })
  const assigned: { duties: { draftId: string; dutyId: string }[] } = await clerk.act('draft.assign', {
    documentId,
    onDay: wanted.issuedOn,
  })
  return chosen.map((id) => assigned.duties.find((one) => one.draftId === id)!.dutyId)
}

/** Finds the draft of each row and sets its values; a row whose words no draft holds gets a draft of its own span. */
async function choose(
  clerk: Hand,
  documentId: string,
  text: string,
  rows: readonly Row[],
  drafts: readonly Draft[],
): Promise<string[]> {
  const chosen: string[] = []
  for (const { has, changes } of rows) {
    const draft = holding(drafts, text, has)
    const id = draft === undefined || chosen.includes(draft.id) ? await drawOut(clerk, documentId, text, has) : draft.id
    await clerk.act('draft.amend', { documentId, id, changes })
    chosen.push(id)
  }
  return chosen
}

/** The draft whose span holds the beginning of the words. */
function holding(drafts: readonly Draft[], text: string, words: string): Draft | undefined {
  const at = text.indexOf(words)
  if (at < 0) throw new Error(`the text of the demonstration does not say ${words}`)
  return drafts.find((draft) => draft.start <= at && at < draft.end)
}

async function drawOut(clerk: Hand, documentId: string, text: string, words: string): Promise<string> {
  const start = text.indexOf(words)
  const { drafts } = await clerk.act('draft.span', { documentId, start, end: start + words.length })
  return drafts[0]
}
