import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { type Ladder, ladderSchema } from '../../core/notices/ladder.ts'
import { CatalogueError, shippedCatalogue } from './catalogue.ts'

const file = 'notices/ladder.yaml'

/**
 * Reads the ladder of reminders and holds it against the kinds of unit and post and the audiences that it names.
 * @throws CatalogueError naming what does not fit
 */
export function loadLadder(catalogue: Catalogue, dir: string = shippedCatalogue): Ladder {
  const parsed = ladderSchema.safeParse(parse(readFileSync(join(dir, file), 'utf8')))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new CatalogueError(file, issue.path.join('.'), issue.message)
  }
  const ladder = parsed.data
  const posts = [
    ...Object.values(ladder.heads).flat(),
    ...ladder.groups.flatMap(({ reach }) => (typeof reach === 'object' ? reach.posts : [])),
  ]
  for (const [table, ids] of [
    [catalogue.unitKinds, Object.keys(ladder.heads)],
    [catalogue.postKinds, posts],
    [catalogue.audiences, ladder.groups.map(({ audience }) => audience)],
  ] as const) {
    const unknown = ids.find((id) => table.find(id) === undefined)
    if (unknown !== undefined) throw new CatalogueError(file, unknown, 'no such row in the catalogue')
  }
  return ladder
}
