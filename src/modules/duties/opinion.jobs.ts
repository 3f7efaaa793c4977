import { EVERYTHING, type Scopes, scopeSettings } from '../../core/access/scope.ts'
import { answerOn } from '../../core/opinions/answer.ts'
import type { Part } from '../../core/opinions/question.ts'
import type { Org } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import type { Stage } from '../../platform/action/perform.ts'
import { preambleOf, transact } from '../../platform/db/pool.ts'
import { fill } from '../../platform/i18n/words.ts'
import { audit } from '../../platform/journal/audit.ts'
import { askModel, type Called, hostOf, type Message, type OfficeModel } from '../../platform/outward/chat.ts'
import { findOpinion, type OpinionRow, type PartAnswer, questionsOn } from './opinion.ts'
import { loadReview } from './review.ts'

const WHOLE: Scopes = { general: EVERYTHING, talks: EVERYTHING }
/** A model that was silent twice running is not asked about the rest. */
const SILENT_MAX = 2

/**
 * Asks the office model about each part of a document that has no answer yet, one call each, and keeps what it said. A call
 * leaves one audit line: host and bytes, no text. Whatever the model does ends in an answer or in the word that says why
 * not; only a fault of our own gives the job out again, and then what was answered is not asked again.
 */
export async function opine(stage: Stage, org: Org, documentId: string, model: OfficeModel | null): Promise<void> {
  const asked = await readAsked(stage, org, documentId)
  if (asked === null) return
  const { parts, row } = asked
  const answers = row.answers.filter(({ start }) => parts.some((part) => part.start === start))
  let silent = 0
  for (const part of parts) {
    if (answers.some(({ start }) => start === part.start)) continue
    const { start, end } = part
    if (model === null || silent >= SILENT_MAX) {
      answers.push({ start, end, why: model === null ? 'not-configured' : 'skipped', ranges: [] })
      continue
    }
    const called = await askModel(model, messagesFor(stage, part))
    silent = called.silence === null ? 0 : silent + 1
    const said = answerFrom(stage, part, called)
    answers.push(said)
    await auditCall(stage, org, documentId, model, called, said)
    await keep(stage, org, documentId, 'waiting', answers)
  }
  await keep(stage, org, documentId, answers.some(({ why }) => why === null) ? 'done' : 'failed', answers)
}

async function readAsked(
  stage: Stage,
  org: Org,
  documentId: string,
): Promise<{ row: OpinionRow; parts: readonly Part[] } | null> {
  return transact(stage.pool, preambleOf('read only', org.orgId, scopeSettings(WHOLE)), async (tx) => {
    const row = await findOpinion(tx, org.orgId, documentId)
    if (row === null || row.state !== 'waiting') return null
    const ctx = { org, tx, catalogues: stage.catalogues }
    const review = await loadReview(ctx, documentId, false)
    return review && { row, parts: await questionsOn(ctx, review, civilDay(stage.clock.now())) }
  })
}

/** What is asked about a part: the numbered clauses, the kinds, the names that may be chosen. */
function messagesFor({ catalogues: { catalogue, words } }: Stage, part: Part): Message[] {
  const say = (key: string, facts: Record<string, string>) => fill(words.messages.get(key)!.zh, facts)
  const kinds = catalogue.dutyKinds.rows.map(({ id, words: name }) => `${id}=${name.zh}`).join(' ')
  const numbered = (list: readonly string[]) => list.map((one, index) => `${index + 1} ${one}`).join('\n')
  return [
    { role: 'system', content: say('opinion/ask', { kinds }) },
    {
      role: 'user',
      content: say('opinion/ask-part', {
        headings: part.headings.join(' / '),
        subjects: numbered(part.subjects),
        clauses: numbered(part.clauses.map(({ text }) => text)),
      }),
    },
  ]
}

function answerFrom({ catalogues }: Stage, part: Part, { words, silence }: Called): PartAnswer {
  const { start, end } = part
  if (words === null) return { start, end, why: silence ?? 'no-words', ranges: [] }
  const kinds = new Set(catalogues.catalogue.dutyKinds.rows.map(({ id }) => id))
  const said = answerOn(part, words, kinds)
  return 'fault' in said ? { start, end, why: said.fault, ranges: [] } : { start, end, why: null, ranges: said.ranges }
}

async function auditCall(
  stage: Stage,
  { orgId }: Org,
  documentId: string,
  model: OfficeModel,
  { bytesOut, bytesIn }: Called,
  { why }: PartAnswer,
): Promise<void> {
  await audit(stage, {
    orgId,
    accountId: null,
    source: null,
    event: 'opinion.open',
    object: documentId,
    outcome: why === null ? 'done' : 'failed',
    code: why,
    detail: `${hostOf(model)} out=${bytesOut} in=${bytesIn}`,
  })
}

async function keep(
  stage: Stage,
  { orgId }: Org,
  documentId: string,
  state: OpinionRow['state'],
  answers: readonly PartAnswer[],
): Promise<void> {
  await transact(stage.pool, preambleOf('read write', orgId, {}), (tx) =>
    tx.send({
      text: `update duty_opinions set state = $3, answers = $4 where org_id = $1 and document_id = $2 and state = 'waiting'`,
      values: [orgId, documentId, state, JSON.stringify(answers)],
    }),
  )
}
