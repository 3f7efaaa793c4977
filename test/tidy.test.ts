import assert from 'node:assert/strict'
import { basename, dirname } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { loadWords } from '../src/platform/i18n/words.ts'
import { bans } from './tidy/bans.ts'
import {
  chineseIn,
  crossing,
  descriptorsOf,
  type Fault,
  hold,
  linesWith,
  longComments,
  longOnes,
  moduleOf,
  refusalsOf,
  tablesWritten,
  unexplained,
} from './tidy/rules.ts'
import { filesUnder, foldersUnder, parseSource, program, read, type Source, sources } from './tidy/sources.ts'
import {
  chineseAllowed,
  emptyFolderNames,
  FILE_LINES_MAX,
  FUNCTION_LINES_MAX,
  longFiles,
  longFunctions,
  sharedTables,
  suffixes,
  USES,
  writeTransactions,
} from './tidy/tables.ts'

const textFiles = () => filesUnder('').filter((path) => /\.(ts|tsx|mjs|md|yaml|sql|css|html|json)$/.test(path))

describe('zones', () => {
  const faultsOf = (all: readonly Source[]): Fault[] =>
    all.flatMap((source) =>
      source.imports.flatMap((to) => {
        const why = crossing(source.path, to)
        return why === null ? [] : [{ at: source.path, says: `${source.path} imports ${to}: ${why}` }]
      }),
    )
  test('each zone imports what it may, and packages that the installed program has', () => {
    hold(
      faultsOf(
        sources().filter(({ path }) => /^(src|web)\//.test(path) && !/\.(test|config)\.ts$|\/build\.mjs$/.test(path)),
      ),
    )
  })
  test('a planted crossing is found', () => {
    const planted = (path: string, to: string) => faultsOf([parseSource(path, `import '${to}'`)]).length
    assert.equal(planted('src/core/figures/x.ts', 'node:fs'), 1)
    assert.equal(planted('src/platform/log/x.ts', '../../modules/duties/duty.ts'), 1)
    assert.equal(planted('src/modules/talks/x.ts', '../reports/report.ts'), 1)
    assert.equal(planted('src/modules/reports/x.ts', '../organisation/holdings.ts'), 1)
    assert.equal(planted('src/modules/reports/x.ts', '../organisation/organisation.facts.ts'), 0)
    assert.equal(planted('web/ui/x.ts', '../../src/modules/duties/duty.ts'), 1)
    assert.equal(planted('src/platform/http/x.ts', 'vite'), 1)
  })
  test('every module stands in the table of uses, whose arrows make no circle', () => {
    const folders = foldersUnder('src/modules').filter((path) => dirname(path) === 'src/modules')
    for (const folder of folders)
      assert.ok(USES[basename(folder)], `${folder}: add its line to USES in test/tidy/tables.ts`)
    const seen = new Set<string>()
    const visit = (name: string, above: readonly string[]) => {
      assert.ok(!above.includes(name), `a circle of uses: ${[...above, name].join(' → ')}`)
      if (seen.has(name)) return
      for (const next of USES[name] ?? []) visit(next, [...above, name])
      seen.add(name)
    }
    for (const name of Object.keys(USES)) visit(name, [])
  })
})

describe('what changes records', () => {
  test('only the pipeline and the listed few open a writing transaction', () => {
    const writers = program().filter(({ literals }) => literals.some(({ text }) => text === 'read write'))
    hold(
      writers.map(({ path }) => ({ at: path, says: `${path}: let a verb collect its rows; the pipeline writes them` })),
      writeTransactions,
    )
  })
  test('each table has one writer', () => {
    const writers = new Map<string, Set<string>>()
    for (const source of program()) {
      for (const table of tablesWritten(source)) {
        writers.set(table, (writers.get(table) ?? new Set()).add(moduleOf(source.path) ?? 'platform'))
      }
    }
    const faults = [...writers].filter(([, who]) => who.size > 1)
    hold(
      faults.map(([table, who]) => ({
        at: table,
        says: `${table} is written by ${[...who].join(' and ')}; let one call the other`,
      })),
      sharedTables,
    )
    assert.ok(writers.size > 10, 'writers were found at all')
  })
  test('a planted write is found in each way of writing it', () => {
    const written = (code: string) => tablesWritten(parseSource('src/modules/x/x.ts', code))
    assert.deepEqual(written('sql`insert into acts (a) values (1)`'), ['acts'])
    assert.deepEqual(written("const t = 'update duties set x = 1'"), ['duties'])
    assert.deepEqual(written("build.deleteFrom('citations')"), ['citations'])
    assert.deepEqual(written("const r: RecordType = { type: 'unit', table: 'units', clear: [] }"), ['units'])
  })
})

describe('size and names', () => {
  test(`no file is longer than ${FILE_LINES_MAX} lines`, () => {
    const long = textFiles()
      .filter((path) => /\.(ts|tsx|mjs|css)$/.test(path) && !path.endsWith('.generated.ts'))
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > FILE_LINES_MAX)
    hold(
      long.map(({ path, lines }) => ({
        at: path,
        says: `${path} has ${lines} lines; split it where its subject divides`,
      })),
      longFiles,
    )
  })
  test(`no function is longer than ${FUNCTION_LINES_MAX} lines`, () => {
    hold(sources().flatMap(longOnes), longFunctions)
    const planted = parseSource('src/x.ts', `function f() {\n${'g()\n'.repeat(FUNCTION_LINES_MAX)}}`)
    assert.equal(longOnes(planted).length, 1)
  })
  test('a comment inside says why in at most three lines', () => {
    hold(program().flatMap(longComments))
    assert.equal(longComments(parseSource('src/x.ts', '// a\n// b\n// c\n// d\n')).length, 1)
  })
  test('files are kebab-case with a suffix of the closed list', () => {
    const name = new RegExp(`^[a-z0-9-]+(\\.(${suffixes.join('|')}))?\\.(ts|tsx|mjs)$`)
    hold(
      sources()
        .filter(({ path }) => !name.test(basename(path)))
        .map(({ path }) => ({ at: path, says: `${path}: name it noun.ts or noun.<${suffixes.join(' | ')}>.ts` })),
    )
  })
  test('no folder is named for what is left over', () => {
    const empty = foldersUnder('').filter((path) => emptyFolderNames.includes(basename(path)))
    hold(empty.map((path) => ({ at: path, says: `${path}: name the folder for what the things in it are about` })))
  })
})

describe('bans', () => {
  for (const ban of bans) {
    test(`${ban.what}: use ${ban.instead}`, () => {
      const broken = program().flatMap((source) =>
        linesWith(source, ban.pattern).map((line) => ({ at: source.path, line })),
      )
      hold(
        broken.map(({ at, line }) => ({ at, says: `${at}:${line} use ${ban.instead}` })),
        ban.except,
      )
    })
  }
  test('a planted ban is found in code, and not in comments or strings', () => {
    const hits = (code: string) =>
      bans.flatMap(({ pattern }) => linesWith(parseSource('src/x.ts', code), pattern)).length
    assert.equal(hits('const a = new Date()'), 1)
    assert.equal(hits("// new Date()\nconst a = 'Date.now'"), 0)
    assert.equal(hits('const a = `$' + '{process.env.X}`'), 1)
  })
  test('nothing is left to be done later', () => {
    const mark = new RegExp(['TO', 'DO|FIX', 'ME|HA', 'CK|XX', 'X:'].join(''))
    hold(
      textFiles()
        .filter((path) => mark.test(read(path)))
        .map((path) => ({ at: path, says: `${path}: do it, or open an issue and name it in words` })),
    )
  })
})

describe('words', () => {
  const words = loadWords()
  const glossary = parse(read('catalogue/glossary.yaml')) as { verbs: { id: string }[] }
  const descriptors = program().flatMap(descriptorsOf)
  test('a verb is one of the glossary', () => {
    const known = glossary.verbs.map((one) => one.id)
    hold(
      descriptors
        .filter(({ kind, name }) => kind === 'verb' && !known.includes(name.split('.')[1]!))
        .map(({ name, path }) => ({
          at: name,
          says: `${path}: ${name} is no verb of catalogue/glossary.yaml; take the one that means it, or add a row there`,
        })),
    )
  })
  test('every act and read is worded in both languages, and nothing else is', () => {
    const names = descriptors.map(({ name }) => name)
    hold([
      ...descriptors
        .filter(({ name }) => !words.verbs.has(name))
        .map(({ name, path }) => ({ at: name, says: `${path}: word ${name} under verbs: in catalogue/words` })),
      ...[...words.verbs.keys()]
        .filter((name) => !names.includes(name))
        .map((name) => ({ at: name, says: `catalogue/words: ${name} is worded and not declared` })),
    ])
  })
  test('every refusal is worded in both languages, and nothing else is', () => {
    const thrown = program().flatMap((source) => refusalsOf(source).map((code) => ({ code, path: source.path })))
    const said = new Set([...sources().values()].flatMap(({ literals }) => literals.map(({ text }) => text)))
    hold([
      ...thrown
        .filter(({ code }) => !words.refusals.has(code))
        .map(({ code, path }) => ({ at: code, says: `${path}: word ${code} under refusals: in catalogue/words` })),
      ...[...words.refusals.keys()]
        .filter((code) => !said.has(code))
        .map((code) => ({ at: code, says: `catalogue/words: ${code} is worded and never used` })),
    ])
  })
  test('no word for the user stands in the code of the server', () => {
    const inModules = program().filter(({ path }) => /^src\/(modules|platform)\//.test(path))
    hold(inModules.flatMap(chineseIn), chineseAllowed)
    assert.equal(chineseIn(parseSource('src/x.ts', 'const a = `（草稿）`')).length, 1)
    assert.equal(chineseIn(parseSource('src/x.ts', "const a = { 机构: b.join('、') } // 机构")).length, 0)
  })
})

describe('documents beside the code', () => {
  test('the map in the README shows the folders as they are', () => {
    const shown = [...read('README.md').matchAll(/^([a-z][a-z0-9/-]*\/)\s{2,}\S/gm)].map(([, path]) =>
      path!.replace(/\/$/, ''),
    )
    const real = [
      ...foldersUnder('').filter((path) => !/^\.|\//.test(path)),
      ...foldersUnder('src').filter((path) => path.split('/').length === 2),
      ...foldersUnder('catalogue').filter((path) => path.split('/').length === 2),
    ]
    hold([
      ...real
        .filter((path) => !shown.includes(path))
        .map((path) => ({ at: path, says: `README.md: the map lacks ${path}/` })),
      ...shown
        .filter((path) => !real.includes(path))
        .map((path) => ({ at: path, says: `README.md: ${path}/ does not exist` })),
    ])
  })
  test('what core, platform and the contracts export says what it is for', () => {
    const open = program().filter(({ path }) => /^src\/(core|platform)\/|\.contract\.ts$/.test(path))
    hold(open.flatMap(unexplained))
    assert.equal(unexplained(parseSource('src/core/x.ts', 'export const a = 1')).length, 1)
  })
})
