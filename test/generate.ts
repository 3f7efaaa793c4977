import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCatalogue } from '../src/platform/catalogue/catalogue.ts'
import { glossaryMarkdown } from '../src/platform/catalogue/glossary.ts'
import { generateTypes } from '../src/platform/db/generate-types.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import { silentLog } from '../src/platform/log/log.ts'

// Writes the committed files that are made from other files; `npm test` fails when one of them differs.
const root = join(import.meta.dirname, '..')
const dataDir = mkdtempSync(join(tmpdir(), 'luze-generate-'))
const database = await openDatabase({ dataDir, log: silentLog, purpose: 'generate' })
try {
  writeFileSync(join(root, 'src/platform/db/schema.generated.ts'), await generateTypes(database.owner))
  writeFileSync(join(root, 'docs/glossary.md'), glossaryMarkdown(loadCatalogue().glossary))
} finally {
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
