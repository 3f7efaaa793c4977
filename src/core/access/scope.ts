/**
 * The one scope algebra (decision 16): what part of a bureau's records somebody may see. From it follow the condition
 * that a query uses and, independently, the settings that the row policies read.
 */
export interface Scope {
  /** `all`: every unit of the bureau; else the units (today's tree) whose records are seen. */
  readonly units: 'all' | readonly string[]
  /** The person's id in this bureau: records that name him are seen too. Null: nobody's own. */
  readonly pid: string | null
}

/** Kinds of record that need a scope of their own beside the general one. */
export const labels = ['general', 'talks'] as const
export type Label = (typeof labels)[number]
export type Scopes = Readonly<Record<Label, Scope>>

/** Sees nothing at all. */
export const NOTHING: Scope = { units: [], pid: null }
/** Sees everything of the bureau. */
export const EVERYTHING: Scope = { units: 'all', pid: null }

/** Sees what either sees. */
export function union(a: Scope, b: Scope): Scope {
  const units = a.units === 'all' || b.units === 'all' ? 'all' : [...new Set([...a.units, ...b.units])]
  return { units, pid: a.pid ?? b.pid }
}

/** Claims that a record standing in `units` and naming `pids` lies within the scope. */
export function within(
  scope: Scope,
  units: readonly (string | null)[],
  pids: readonly (string | null)[] = [],
): boolean {
  if (scope.units === 'all') return true
  const seen = scope.units
  if (units.some((u) => u !== null && seen.includes(u))) return true
  return scope.pid !== null && pids.includes(scope.pid)
}

/** Where a table keeps what the scope is judged by. */
export interface ScopeColumns {
  label: Label
  /** A column of one unit id. */
  unit?: string
  /** A column of an array of unit ids. */
  units?: string
  /** Columns of one person id each. */
  people?: readonly string[]
}

const UNIT_SETTING: Record<Label, string> = { general: 'app.units', talks: 'app.units_talks' }

/**
 * The text of the restrictive row policy of a table. `postgres` reads the settings once per statement through a
 * sub-select; `citus` takes no sub-select in a policy (reference: measured, decision 16).
 */
export function policyText(columns: ScopeColumns, dialect: 'postgres' | 'citus'): string {
  const setting = (name: string) => `coalesce(nullif(current_setting('${name}', true), ''), '')`
  const units = setting(UNIT_SETTING[columns.label])
  const pid = `nullif(current_setting('app.pid', true), '')::uuid`
  const once = (text: string) => (dialect === 'postgres' ? `(select ${text})` : text)
  const list = `string_to_array(nullif(${units}, '*'), ',')::uuid[]`
  const parts = [`${once(`${units} = '*'`)}`]
  if (columns.unit)
    parts.push(`${columns.unit} = any(${dialect === 'postgres' ? `array(select unnest(${list}))` : list})`)
  if (columns.units)
    parts.push(`${columns.units} && ${dialect === 'postgres' ? `array(select unnest(${list}))` : list}`)
  for (const person of columns.people ?? []) parts.push(`${person} = ${once(pid)}`)
  return parts.join(' or ')
}

/** The settings, name to value, that carry scopes into a transaction. Values hold uuids, commas and `*` only. */
export function scopeSettings(scopes: Scopes): Record<string, string> {
  const text = (scope: Scope) => (scope.units === 'all' ? '*' : scope.units.join(','))
  return {
    'app.units': text(scopes.general),
    'app.units_talks': text(scopes.talks),
    'app.pid': scopes.general.pid ?? scopes.talks.pid ?? '',
  }
}
