import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadCatalogue } from '../src/platform/catalogue/catalogue.ts'
import { glossaryMarkdown } from '../src/platform/catalogue/glossary.ts'
import { ruleSchemas } from '../src/platform/catalogue/rule-schemas.ts'
import { generateTypes } from '../src/platform/db/generate-types.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import { silentLog } from '../src/platform/log/log.ts'
import { fieldsPages } from './manual/fields.ts'
import { privacyPages } from './manual/privacy.ts'

// Writes the committed files that are made from other files; with --check it only says which of them differ.
const root = join(import.meta.dirname, '..')
const dataDir = mkdtempSync(join(tmpdir(), 'luze-generate-'))
const database = await openDatabase({ dataDir, log: silentLog, purpose: 'generate' })
try {
  const made = {
    'src/platform/db/schema.generated.ts': await generateTypes(database.owner),
    'docs/glossary.md': glossaryMarkdown(loadCatalogue().glossary),
    ...ruleSchemas(),
    ...privacyPages(),
    ...fieldsPages(),
  }
  for (const [path, text] of Object.entries(made)) {
    if (!process.argv.includes('--check')) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    } else if (!existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text) {
      process.stdout.write(`${path} differs from what it is made of: run npm run generate\n`)
      process.exitCode = 1
    }
  }
} finally {
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
