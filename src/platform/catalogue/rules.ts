import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { ruleProblems } from '../../core/catalogue/check-rules.ts'
import { type PackedRule, rulesOfRow } from '../../core/catalogue/rules.ts'
import { type Pack, packSchema, ruleSchema } from '../../core/rules/rule.ts'
import { CatalogueError, parseRow, readYaml } from './yaml.ts'

/** The folder of the packs inside a catalogue. */
export const RULES = 'rules'

/** Names of the YAML files in a folder of the catalogue, with the folder, in order; none where it does not exist. */
export function yamlFiles(dir: string, folder: string): string[] {
  if (!existsSync(join(dir, folder))) return []
  return readdirSync(join(dir, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${folder}/${name}`)
}

/** The ids of the packs of a catalogue folder: each is a folder of its own. */
export function packIds(dir: string): string[] {
  return readdirSync(join(dir, RULES))
    .filter((name) => statSync(join(dir, RULES, name)).isDirectory())
    .sort()
}

/**
 * Reads every pack of a catalogue folder, one rule in each file; notes in `files` from which file a rule comes.
 * @throws CatalogueError naming file and row
 */
export function readPacks(dir: string, files: Map<string, string>): { packs: Pack[]; rules: PackedRule[] } {
  const packs: Pack[] = []
  const rules: PackedRule[] = []
  for (const id of packIds(dir)) {
    const file = `${RULES}/${id}/pack.yaml`
    const pack = parseRow(packSchema, readYaml(dir, file), file, 0)
    if (pack.id !== id) throw new CatalogueError(file, pack.id, 'a pack is named as its folder')
    packs.push(pack)
    for (const path of yamlFiles(dir, `${RULES}/${id}/rules`)) {
      const rule = parseRow(ruleSchema, readYaml(dir, path), path, 0)
      if (!path.endsWith(`/${rule.id}.yaml`)) throw new CatalogueError(path, rule.id, 'a rule is named as its file')
      if (files.has(`rules/${rule.id}`)) throw new CatalogueError(path, rule.id, 'stands in two packs')
      files.set(`rules/${rule.id}`, path)
      rules.push({ ...rule, source: rule.source ?? pack.title, pack: id })
    }
  }
  return { packs, rules }
}

/**
 * Holds the rules against the kinds that they name, their pack and the table of strictness.
 * @throws CatalogueError naming file and row
 */
export function checkRules(catalogue: Catalogue, fileOf: (rule: string) => string): void {
  const rowOf = new Map(catalogue.strictness.rows.flatMap((row) => rulesOfRow(row).map((rule) => [rule, row] as const)))
  for (const rule of catalogue.rules.rows) {
    const complain = (problem: string): never => {
      throw new CatalogueError(fileOf(rule.id), rule.id, problem)
    }
    for (const { path, code, values } of ruleProblems(rule, catalogue))
      complain(`${path.map(String).join('.')}: ${code} ${Object.values(values).join(' ')}`)
    const row = rowOf.get(rule.id) ?? complain('is no rule of the table of strictness')
    for (const part of ['strictness', 'confidence', 'standing'] as const)
      if (rule[part] !== row[part]) complain(`${part} is ${row[part]} in the table of strictness`)
    const pack = catalogue.packs.get(rule.pack)
    rule.versions.forEach((version, index) => {
      const earlier = version.from < pack.effective_from
      if (earlier && !version.readings.some(({ id }) => id === 'before-effect'))
        complain(`versions.${index}.from: begins before its pack; say why in a reading before-effect`)
    })
  }
  for (const [rule, row] of rowOf) {
    if (catalogue.rules.find(rule) === undefined)
      throw new CatalogueError('rules/strictness.yaml', row.id, `no pack has the rule ${rule}`)
  }
}
