import type { Group } from './group.ts'
import type { Judged } from './judge.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A row of a sentence: a duty, or a shortcoming that is named. */
export type Row = Omit<Group, 'mode'> & { mode: 'do' | 'done' | 'problem' }

/** Shortcomings with a promise to mend them are one thing to do; without one, each part up to a semicolon is a problem of its own. */
export function problemRows(text: string, problems: readonly Judged[], vocabulary: Vocabulary): Row[] {
  const first = problems[0]
  const last = problems.at(-1)
  if (!first || !last) return []
  if (vocabulary.remedies.in(text, first.clause.start, last.clause.end)) {
    return [{ members: [...problems], core: first, mode: 'do' }]
  }
  const rows: Row[] = []
  for (const problem of problems) {
    const row = rows.at(-1)
    if (row && text.charAt(problem.clause.start - 1) !== '；') row.members.push(problem)
    else rows.push({ members: [problem], core: problem, mode: 'problem' })
  }
  return rows
}
