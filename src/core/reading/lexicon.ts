import { z } from 'zod'
import { LearnedWeights } from './weights.ts'

const word = z.string().min(1).max(12)
const words = z.array(word)
const pattern = z.string().min(1).refine(isPattern, 'not a regular expression')
const row = { id: z.string().regex(/^[a-z0-9.-]+$/), test: z.string().min(1) }
const wordRow = z.strictObject({ ...row, words })
const hint = z.string().min(1).max(30)
const patternRow = z.strictObject({ ...row, pattern })
const redactionRow = patternRow

/** Numbering sign of a heading or list: rank 1 is the outermost; `inline` signs may follow a full stop. */
export const MarkerRow = z.strictObject({
  ...row,
  rank: z.number().min(1).max(9),
  value: z.enum(['number', 'one', 'word', 'formal', 'stem', 'roman', 'letter', 'bullet']),
  pattern,
  inline: z.boolean(),
  /** Counts only where a list of it goes on; its rank is what the text shows, this one where it shows none. */
  chained: z.boolean().optional(),
})

/** One kind of duty with the words that show it; umbrella kinds give way to special ones. */
export const KindRow = z.strictObject({
  ...row,
  label: word,
  umbrella: z.boolean().optional(),
  strong: words,
  weak: words,
  /** Characters of which a passage must hold one, else the pattern need not be tried. */
  when: hint.optional(),
  pattern: pattern.optional(),
  decisive: z.boolean().optional(),
})

/** One rhythm: by pattern or by words, with what it means. Rank 1 is the most telling. */
export const CadenceRow = z.strictObject({
  ...row,
  rank: z.int().min(1).max(9),
  /** Characters of which a passage must hold one; without them the row need not be tried. */
  when: hint.optional(),
  pattern: pattern.optional(),
  group: z.int().min(0).optional(),
  words: words.optional(),
  value: word.optional(),
  period: z.enum(['year', 'half-year', 'quarter', 'month', 'week', 'day']).optional(),
  anchor: word.optional(),
  verbs: words.optional(),
})

/** What a figure counts: the metric, the units it may wear and the words that mean it. */
export const BindingRow = z.strictObject({
  ...row,
  metric: z.string(),
  units: words,
  words,
  params: z
    .strictObject({ topic: z.string().min(1).max(40).optional(), audience: z.enum(['object', 'before']).optional() })
    .optional(),
  /** Words of which one must stand in the sentence up to the end of the figure's clause, and such as must not. */
  context: words.optional(),
  apart: words.optional(),
  /** Words of which one must stand beside the figure itself, and such as must not. */
  near: words.optional(),
  unless: words.optional(),
})

const sections = {
  markers: z.array(MarkerRow),
  subjects: z.array(z.strictObject({ ...row, name: word, aliases: words })),
  subject_defaults: z.array(z.strictObject({ ...row, name: word, words })),
  recipient_verbs: z.array(wordRow),
  heading_duties: z.array(wordRow),
  name_ends: z.array(wordRow),
  name_stops: z.array(wordRow),
  name_verbs: z.array(wordRow),
  kinds: z.array(KindRow),
  acts: z.array(z.strictObject({ ...row, force: z.enum(['record', 'carry', 'soft']), words })),
  needs: z.array(wordRow),
  openers: z.array(wordRow),
  tails: z.array(wordRow),
  manners: z.array(wordRow),
  principles: z.array(z.strictObject({ ...row, words, weak: z.boolean().optional() })),
  backgrounds: z.array(
    z.strictObject({
      ...row,
      when: hint.optional(),
      pattern,
      sentence: z.boolean().optional(),
      state: z.literal('principle').optional(),
    }),
  ),
  abstract_ends: z.array(wordRow),
  authorities: z.array(wordRow),
  quotations: z.array(wordRow),
  speeches: z.array(z.strictObject({ ...row, asks: z.boolean(), words })),
  problems: z.array(wordRow),
  problem_headings: z.array(wordRow),
  remedies: z.array(wordRow),
  tenses: z.array(
    z.strictObject({
      ...row,
      mode: z.enum(['done', 'do', 'done-heading', 'do-heading', 'done-clause', 'done-title', 'do-title']),
      words,
    }),
  ),
  cadences: z.array(CadenceRow),
  /** `ahead` rows are terms only in what is to be done; `when` as for rhythms. */
  deadlines: z.array(z.strictObject({ ...row, pattern, ahead: z.boolean().optional(), when: hint.optional() })),
  owners: z.array(z.strictObject({ ...row, role: z.enum(['lead', 'person', 'support', 'term']), words })),
  redactions: z.array(redactionRow),
  units: z.array(
    z.strictObject({
      ...row,
      class: z.enum(['count', 'person', 'share', 'money', 'rank', 'measure', 'span']),
      unit: word.optional(),
      words,
    }),
  ),
  worded: z.array(z.strictObject({ ...row, class: z.enum(['share', 'span', 'rank']), unit: word, pattern })),
  number_names: z.array(wordRow),
  approximations: z.array(z.strictObject({ ...row, value: word, words })),
  thresholds: z.array(wordRow),
  aims: z.array(z.strictObject({ ...row, role: z.enum(['baseline', 'stretch', 'rank']), words })),
  bindings: z.array(BindingRow),
  topics: z.array(wordRow),
  indicator_ends: z.array(
    z.strictObject({
      ...row,
      words,
      none: z.boolean().optional(),
      moved: z.boolean().optional(),
      office: z.boolean().optional(),
    }),
  ),
  indicators: z.array(z.strictObject({ ...row, name: word, all: z.array(words).min(1) })),
  dated: z.array(z.strictObject({ ...row, pattern, why: z.string() })),
  columns: z.array(z.strictObject({ ...row, aliases: words })),
  row_marks: z.array(wordRow),
  unit_groups: z.array(wordRow),
  cite_ignored: z.array(patternRow),
  cite_verbs: z.array(wordRow),
}

/** The whole vocabulary of the reader, as loaded from `catalogue/lexicon/*.yaml`; every row has an id and a test sentence. */
export const Lexicon = z.strictObject({ ...sections, learned: LearnedWeights.optional() })
export type Lexicon = z.infer<typeof Lexicon>
export type MarkerRow = z.infer<typeof MarkerRow>
export type KindRow = z.infer<typeof KindRow>
export type CadenceRow = z.infer<typeof CadenceRow>
export type BindingRow = z.infer<typeof BindingRow>

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}
