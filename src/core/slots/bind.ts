import type { BindingRow, Lexicon } from '../reading/lexicon.ts'
import { WordFinder } from '../text/words.ts'
import { type Figure, rowsFinder } from './figures.ts'

/** What stands around a figure: its own segment of the clause, the clause, and the clauses before it in the sentence. */
export type Surroundings = {
  segment: { start: number; end: number }
  clause: { start: number; end: number }
  before: readonly { start: number; end: number }[]
  mode: 'done' | 'do'
}

/** The metric of a figure, its parameters and role, and in plain Chinese why it stays unbound. */
export type Bound = {
  role: 'result' | 'target' | 'threshold' | 'duration'
  metric: string | null
  params: Record<string, string>
  why: string | null
}

type Words = ReturnType<typeof compile>
const cache = new WeakMap<Lexicon, Words>()
const measures = new Set(['share', 'money', 'rank', 'measure'])

function compile(lexicon: Lexicon) {
  const byWord = new Map<string, BindingRow[]>()
  for (const row of lexicon.bindings) for (const word of row.words) byWord.set(word, [...(byWord.get(word) ?? []), row])
  return {
    bindings: new WordFinder<BindingRow[]>(byWord),
    bars: rowsFinder(lexicon.thresholds),
    aims: new WordFinder(lexicon.aims.flatMap((row) => row.words.map((word) => [word, row.role] as const))),
    topics: new WordFinder(lexicon.topics.flatMap((row) => row.words.map((word) => [word, row.id] as const))),
    acts: rowsFinder(lexicon.acts),
    indicators: lexicon.indicators,
  }
}

/** Binds one figure to a metric by the nearest telling words; a figure that no row explains stays unbound with a reason. */
export function bind(text: string, figure: Figure, around: Surroundings, lexicon: Lexicon): Bound {
  const words = cache.get(lexicon) ?? compile(lexicon)
  cache.set(lexicon, words)
  if (figure.unitClass === 'span') return { role: 'duration', metric: null, params: {}, why: '这是时长，不从记录取数' }
  const measured = measures.has(figure.unitClass)
  if (!measured && words.bars.in(text, around.clause.start, around.segment.end))
    return { role: 'threshold', metric: null, params: {}, why: '这是要求的下限或上限，不是结果' }
  const counted = countOf(text, figure, around, words)
  if (counted) return { role: around.mode === 'done' ? 'result' : 'target', ...counted, why: null }
  if (measured) return measureOf(text, figure, around, words)
  const role = around.mode === 'done' ? 'result' : 'target'
  return { role, metric: null, params: {}, why: `没有按“${figure.unit}”统计这类内容的口径，请人工填写或先登记口径` }
}

function countOf(text: string, figure: Figure, around: Surroundings, words: Words) {
  const ranges = [around.segment, { start: around.clause.start, end: figure.numStart }]
  if (figure.unitClass === 'person') ranges.push(...around.before.slice(-1))
  for (const range of ranges) {
    const hits = words.bindings
      .all(text, range.start, range.end)
      .flatMap((hit) => hit.value.filter((row) => wears(row, figure.unit)).map((row) => ({ hit, row })))
    const best = hits.sort(
      (a, b) => b.hit.word.length - a.hit.word.length || distance(a.hit, figure) - distance(b.hit, figure),
    )[0]
    if (!best) continue
    const params = paramsOf(text, best.row, best.hit, figure, around, words)
    return { metric: best.row.metric, params }
  }
  return null
}

/** 场次 counts what 场 or 次 counts. */
function wears(row: BindingRow, unit: string): boolean {
  return row.units.includes(unit) || (unit === '场次' && (row.units.includes('场') || row.units.includes('次')))
}

function distance(hit: { start: number; end: number }, figure: Figure): number {
  return hit.end <= figure.numStart ? figure.numStart - hit.end : hit.start - figure.end
}

function paramsOf(
  text: string,
  row: BindingRow,
  hit: { start: number; end: number },
  figure: Figure,
  around: Surroundings,
  words: Words,
): Record<string, string> {
  const params: Record<string, string> = {}
  if (row.params?.topic === 'object') {
    const from = words.acts.all(text, around.segment.start, hit.start).at(-1)?.end ?? around.segment.start
    const topic = trimName(text.slice(from, hit.start))
    if (topic) params['topic'] = topic
  }
  if (row.params?.topic === 'known') {
    const ranges = [around.segment, ...around.before.toReversed()]
    const known = ranges
      .map((range) => words.topics.first(text, range.start, range.end))
      .find((found) => found !== null)
    const named = /(?:研究部署|专题研究|研究)([^，。；0-9*]{2,16}?)(?:工作任务|工作|问题)?[0-9*]*$/.exec(
      text.slice(around.segment.start, around.segment.end).replace(/[0-9*]+次?$/, ''),
    )
    const topic = known?.value ?? trimName(named?.[1] ?? '')
    if (topic) params['topic'] = topic
  }
  if (row.params?.audience && hit.end < figure.numStart) {
    const audience = trimName(text.slice(hit.end, figure.numStart))
    if (audience) params['audience'] = audience
  }
  return params
}

function trimName(name: string): string {
  return name
    .replace(/^(?:了|好|各类|对|的|全体|关于|相关|组织|学习|会|先后|分别)+/, '')
    .replace(/(?:共|共计|累计|近|约|达|超过|先后|的|等|各|为|达到|人数|及)+$/, '')
    .trim()
}

function measureOf(text: string, figure: Figure, around: Surroundings, words: Words): Bound {
  const role = around.mode === 'done' ? 'result' : 'target'
  const aim = aimOf(text, figure, around, words)
  const name = indicatorOf(text, figure, around, words)
  if (!name) return { role, metric: null, params: {}, why: '看不出是哪一项指标，请指明' }
  if (around.mode === 'do')
    return { role, metric: 'indicator.target', params: { indicator: name.name, role: aim }, why: null }
  if (!name.known) return { role, metric: null, params: {}, why: `指标库里没有“${name.name}”，请先登记这项指标` }
  return { role, metric: 'indicator.actual', params: { indicator: name.name }, why: null }
}

/** Whether an aim is the base line, the stretch or a rank, by the words before the figure in its clause. */
export function aimOf(
  text: string,
  figure: Figure,
  around: Pick<Surroundings, 'clause'>,
  words: Pick<Words, 'aims'>,
): 'baseline' | 'stretch' | 'rank' {
  if (figure.unitClass === 'rank') return 'rank'
  const roles = words.aims.all(text, around.clause.start, figure.numStart).map((hit) => hit.value)
  return roles.includes('stretch') ? 'stretch' : 'baseline'
}

/** The indicator named left of the figure in its clause; a clause that names none goes on with the one before it. */
function indicatorOf(
  text: string,
  figure: Figure,
  around: Surroundings,
  words: Words,
): { name: string; known: boolean } | null {
  const ranges = [{ start: around.clause.start, end: figure.numStart }, ...around.before.toReversed()]
  for (const range of ranges) {
    const clause = text.slice(range.start, range.end)
    const known = words.indicators.find((row) => row.all.every((group) => group.some((word) => clause.includes(word))))
    if (known) return { name: known.name, known: true }
    const name = nameIn(clause, words)
    if (name.length >= 2) return name.length <= 24 ? { name, known: false } : null
  }
  return null
}

const margins =
  /^(?:确保|全市|全县|全区|全省|全年|力争|要|实现|推动|今年|我局|同比|比上年|较上年|年均|居|前)+|(?:同比|比上年|较上年|年均|前|居|在|[0-9*.%，；。 ]|亿元?|以上|左右|位)+$/gu

/** What is left of a clause without words of aim, comparison and figures. */
function nameIn(clause: string, words: Words): string {
  let rest = ''
  let at = 0
  for (const hit of words.aims.all(clause)) {
    rest += clause.slice(at, hit.start)
    at = hit.end
  }
  return trimName((rest + clause.slice(at)).replace(margins, '').replace(margins, ''))
}
