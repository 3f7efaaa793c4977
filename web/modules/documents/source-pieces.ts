/** How a stretch of the source looks: what became of its draft, or a clause that nobody has decided. */
export type Look = 'open' | 'confirmed' | 'rejected' | 'assigned' | 'told' | 'undecided' | 'left'

/** A stretch of text with one look; `numbers` are those of the drafts that begin with it. */
export type Piece = {
  start: number
  end: number
  look: Look | null
  draft: string | null
  /** Start of the undecided clause that the stretch belongs to. */
  clause: number | null
  numbers: readonly number[]
}

/** A line of the source; `heading` when an outline heading fills it. */
export type Paragraph = { start: number; end: number; heading: boolean; pieces: readonly Piece[] }

/** A draft as far as the source shows it. */
export type SpannedDraft = {
  id: string
  start: number
  end: number
  state: 'open' | 'confirmed' | 'rejected' | 'assigned'
  mode: 'do' | 'done' | 'problem'
}
type Span = { start: number; end: number }

/** What the source shows: the text, its headings, the drafts in order, the clauses with their states. */
export type Source = {
  text: string
  outline: readonly Span[]
  drafts: readonly SpannedDraft[]
  clauses: readonly (Span & { state: string })[]
}

/** The look of a draft: work that was done or a problem stays quiet until somebody makes a duty of it. */
export function lookOf(draft: Pick<SpannedDraft, 'state' | 'mode'>): Look {
  return draft.state === 'open' && draft.mode !== 'do' ? 'told' : draft.state
}

/** Cuts the text into paragraphs of pieces, so that no piece has two looks. Offsets are those of the text. */
export function paragraphsOf({ text, outline, drafts, clauses }: Source): Paragraph[] {
  const numbered = drafts.map((draft, at) => ({ ...draft, number: at + 1 }))
  const open = clauses.filter((clause) => clause.state === 'undecided' || clause.state === 'left')
  return linesOf(text).map(({ start, end }) => {
    const here = <S extends Span>(spans: readonly S[]) => spans.filter((span) => span.start < end && span.end > start)
    const pieces = piecesOf(text, { start, end }, here(numbered), here(open))
    // A numbered line may be a heading for the outline and a duty all the same; then it reads as text.
    const heading =
      outline.some((one) => one.start <= start && one.end >= end - 1) && pieces.every((piece) => piece.look === null)
    return { start, end, heading, pieces }
  })
}

/** The lines of a text that say something, without their blanks at both ends. */
function linesOf(text: string): Span[] {
  const lines: Span[] = []
  for (const found of text.matchAll(/[^\r\n]+/g)) {
    const line = found[0]
    const said = line.trim()
    if (said === '') continue
    const start = found.index + line.indexOf(said)
    lines.push({ start, end: start + said.length })
  }
  return lines
}

function piecesOf(
  text: string,
  { start, end }: Span,
  drafts: readonly (SpannedDraft & { number: number })[],
  open: readonly (Span & { state: string })[],
): Piece[] {
  const edges = new Set([start, end])
  for (const span of [...drafts, ...open])
    for (const edge of [span.start, span.end]) if (edge > start && edge < end) edges.add(edge)
  const cuts = [...edges].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, at): Piece => {
    const to = cuts[at + 1] ?? end
    const covers = (span: Span) => span.start <= from && span.end >= to
    // Of drafts that lie in one another the shortest shows: it is the one that a person cut out.
    const [draft] = drafts.filter(covers).sort((a, b) => a.end - a.start - (b.end - b.start))
    const clause = draft ? undefined : open.find(covers)
    return {
      start: from,
      end: to,
      look: draft ? lookOf(draft) : clause ? (clause.state === 'left' ? 'left' : 'undecided') : null,
      draft: draft?.id ?? null,
      clause: clause?.start ?? null,
      numbers: drafts
        .filter(
          (one) => one.start === from || (at === 0 && one.start < from && text.slice(one.start, from).trim() === ''),
        )
        .map((one) => one.number),
    }
  })
}

/** Offsets of a stretch without the blanks at its ends. */
export function trimmed(text: string, { start, end }: Span): Span {
  const part = text.slice(start, end)
  const said = part.trim()
  const from = start + (said ? part.indexOf(said) : 0)
  return { start: from, end: from + said.length }
}

/** Whether two paragraphs look the same, so that the second need not be drawn anew. */
export function sameParagraph(one: Paragraph, other: Paragraph): boolean {
  if (one.start !== other.start || one.end !== other.end || one.heading !== other.heading) return false
  if (one.pieces.length !== other.pieces.length) return false
  return one.pieces.every((piece, at) => {
    const now = other.pieces[at]
    return (
      now !== undefined &&
      piece.start === now.start &&
      piece.end === now.end &&
      piece.look === now.look &&
      piece.draft === now.draft &&
      piece.clause === now.clause &&
      piece.numbers.join() === now.numbers.join()
    )
  })
}
