import type { BindingRow, Lexicon } from '../reading/lexicon.ts'
import { WordFinder } from '../text/words.ts'
import { audienceOf, trimName } from './audience.ts'
import { type Figure, rowsFinder } from './figures.ts'

/** What stands around a figure: its own segment of the clause, the clause, and the clauses before it in the sentence. */
export type Surroundings = {
  segment: { start: number; end: number }
  clause: { start: number; end: number }
  before: readonly { start: number; end: number }[]
  mode: 'done' | 'do'
  /** The figure before its clause in the sentence that has its unit, where 其中 says that it is a part of that. */
  whole?: { metric: string | null; params: Record<string, string> } | undefined
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
const bar = '这是要求的下限或上限，不是结果'
const measures = new Set(['share', 'money', 'rank', 'measure'])

function compile(lexicon: Lexicon) {
  // Copies: the lists of a catalogue are frozen, and those are slow to look through.
  const { bindings, indicators } = structuredClone({ bindings: lexicon.bindings, indicators: lexicon.indicators })
  const byWord = new Map<string, BindingRow[]>()
  for (const row of bindings) for (const word of row.words) byWord.set(word, [...(byWord.get(word) ?? []), row])
  return {
    lexicon,
    bindings: new WordFinder<BindingRow[]>(byWord),
    bars: rowsFinder(lexicon.thresholds),
    aims: new WordFinder(lexicon.aims.flatMap((row) => row.words.map((word) => [word, row.role] as const))),
    topics: new WordFinder(lexicon.topics.flatMap((row) => row.words.map((word) => [word, row.id] as const))),
    acts: rowsFinder(lexicon.acts),
    indicators,
    ends: lexicon.indicator_ends.filter((row) => !row.none).flatMap((row) => row.words),
    none: rowsFinder(lexicon.indicator_ends.filter((row) => row.none)),
  }
}

/** Binds one figure to a metric by the nearest telling words; a figure that no row explains stays unbound with a reason. */
export function bind(text: string, figure: Figure, around: Surroundings, lexicon: Lexicon): Bound {
  const words = cache.get(lexicon) ?? compile(lexicon)
  cache.set(lexicon, words)
  const stay = figure.unitClass === 'span' ? stayOf(text, figure, around, words) : null
  if (stay) return stay
  if (figure.unitClass === 'span') return { role: 'duration', metric: null, params: {}, why: '这是时长，不从记录取数' }
  const measured = measures.has(figure.unitClass)
  if (!measured && words.bars.in(text, around.clause.start, around.segment.end)) {
    const asked = countOf(text, figure, around, words)
    return asked
      ? { role: 'threshold', ...asked, why: null }
      : { role: 'threshold', metric: null, params: {}, why: bar }
  }
  if (around.mode === 'do' && measured && qualifies(text, figure))
    return { role: 'threshold', metric: null, params: {}, why: bar }
  if (lacks(text, figure, around)) {
    return { role: 'result', metric: null, params: {}, why: '这说的是不足，不是统计数' }
  }
  const counted = partOf(text, figure, around, words) ?? countOf(text, figure, around, words)
  if (counted) return { role: around.mode === 'done' ? 'result' : 'target', ...counted, why: null }
  // 经营主体总量达到3万户: a stock of the trade, whatever it is counted in.
  const stock = /(?:达到|突破|新增就业)(?:了|约)?$/.test(text.slice(around.segment.start, figure.numStart))
  if (measured || (stock && indicatorOf(text, figure, around, words))) return measureOf(text, figure, around, words)
  const role = around.mode === 'done' ? 'result' : 'target'
  return { role, metric: null, params: {}, why: `没有按“${figure.unit}”统计这类内容的口径，请人工填写或先登记口径` }
}

/** 50万元以上的采购, 超过5万元的: the figure says which things are meant. */
function qualifies(text: string, figure: Figure): boolean {
  return (
    /^(?:以上|以下|以内)?的/.test(text.slice(figure.end, figure.end + 4)) ||
    /(?:以上|以下)的/.test(text.slice(figure.numEnd, figure.end + 1))
  )
}

/** 平均住院日控制在7天以内: days that are the value of an indicator. */
function stayOf(text: string, figure: Figure, around: Surroundings, words: Words): Bound | null {
  const said = text.slice(around.segment.start, figure.numStart)
  const name = /平均[一-鿿]{2,4}日(?=(?:控制|压缩|压减|降|缩短|稳定|保持)[一-鿿]{0,2}$)/u.exec(said)?.[0]
  if (!name || /(?:缩短|压减|压缩|降低)$/.test(said)) return null
  if (around.mode === 'done')
    return { role: 'result', metric: 'indicator.actual', params: { indicator: name }, why: null }
  const role = aimOf(text, figure, around, words)
  return { role: 'target', metric: 'indicator.target', params: { indicator: name, role }, why: null }
}

/** 有3次主题党日凑不齐人: what went wrong with some is no count of what was done. */
function lacks(text: string, figure: Figure, around: Surroundings): boolean {
  if (!/(?<![共设现所])有$/.test(text.slice(figure.numStart - 2, figure.numStart))) return false
  return /[没未不]|反弹|滞后|逾期|缺/.test(text.slice(figure.end, around.segment.end))
}

/** 其中科室负责人9人次: a part counts what the whole before it counts; its words say whose part or which topic. */
function partOf(text: string, figure: Figure, around: Surroundings, words: Words) {
  const whole = around.whole
  if (!whole?.metric || figure.end < around.segment.end || measures.has(figure.unitClass)) return null
  const said = text.slice(around.segment.start, figure.numStart)
  const name = trimName(said)
  if (name.length < 2 || words.acts.at(name, 0) || /^(?:给予|否决|不)/.test(name)) return null
  if (whole.metric === 'study.central-group.sessions') {
    const topic = words.topics.first(said)
    return topic && /学|专题|研讨/.test(said)
      ? { metric: 'study.topic.sessions', params: { topic: topic.value } }
      : null
  }
  const people = /^(?:training\.|talks\.summons)/.test(whole.metric)
  return { metric: whole.metric, params: people ? { ...whole.params, audience: name } : whole.params }
}

/** 全年举办3期: a clause that says only that something was held; what was held stands in the clause before. */
const held =
  /^(?:全年|今年|年内|上半年|下半年|共计?|累计|先后|已|再|拟|计划|分批|集中|统一)*(?:举办|开办|组织|开展|召开|办|办班|举行)?了?$/

function countOf(text: string, figure: Figure, around: Surroundings, words: Words) {
  const ranges = [around.segment, { start: around.clause.start, end: figure.numStart }]
  if (figure.unitClass === 'person' || figure.unitClass === 'share') ranges.push(...around.before.slice(-1))
  const last = around.before.at(-1)
  const bare = last !== undefined && held.test(text.slice(around.clause.start, figure.numStart))
  if (bare && figure.unitClass === 'count' && !/[0-9*×□○]/.test(text.slice(last.start, last.end))) ranges.push(last)
  const sentence = text.slice(around.before[0]?.start ?? around.clause.start, around.clause.end)
  // A figure with a verb of its own does not count what its neighbour counts.
  const own = words.acts.in(text, around.segment.start, figure.numStart)
  for (const [place, range] of ranges.entries()) {
    if (place > 0 && own && !bare && figure.unitClass !== 'share') break
    const hits = words.bindings
      .all(text, range.start, range.end)
      .flatMap((hit) =>
        hit.value
          .filter(
            (row) =>
              wears(row, figure.unit) && fits(row, sentence, text.slice(around.segment.start, around.segment.end)),
          )
          .map((row) => ({ hit, row })),
      )
    const best = hits.sort((a, b) => telling(b) - telling(a) || distance(a.hit, figure) - distance(b.hit, figure))[0]
    if (!best) continue
    const params = paramsOf(text, best.row, best.hit, figure, around, words)
    return { metric: best.row.metric, params }
  }
  return null
}

/** A row that needs its surroundings says more than one that does not. */
function telling({ hit, row }: { hit: { word: string }; row: BindingRow }): number {
  return hit.word.length + (row.context ? 2 : 0)
}

function fits(row: BindingRow, sentence: string, segment: string): boolean {
  if (row.context && !row.context.some((word) => sentence.includes(word))) return false
  return !row.unless?.some((word) => segment.includes(word))
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
  hit: { start: number; end: number; word: string },
  figure: Figure,
  around: Surroundings,
  words: Words,
): Record<string, string> {
  const params: Record<string, string> = {}
  const topic = topicOf(text, row, hit, around, words)
  if (topic) params['topic'] = topic
  const audience = row.params?.audience ? audienceOf(text, hit, figure, around, words.lexicon) : ''
  if (audience) params['audience'] = audience
  return params
}

function topicOf(
  text: string,
  row: BindingRow,
  hit: { start: number; end: number },
  around: Surroundings,
  words: Words,
): string {
  const kind = row.params?.topic
  if (kind === undefined) return ''
  if (kind === 'object') {
    const from = words.acts.all(text, around.segment.start, hit.start).at(-1)?.end ?? around.segment.start
    return trimName(text.slice(from, hit.start))
  }
  if (kind !== 'known') return kind
  const ranges = [around.segment, ...around.before.toReversed()]
  const known = ranges.map((range) => words.topics.first(text, range.start, range.end)).find((found) => found !== null)
  const named = /(?:研究部署|专题研究|研究)([^，。；0-9*]{2,16}?)(?:工作任务|工作|问题)?[0-9*]*$/.exec(
    text.slice(around.segment.start, around.segment.end).replace(/[0-9*]+次?$/, ''),
  )
  return known?.value ?? trimName(named?.[1] ?? '')
}

function measureOf(text: string, figure: Figure, around: Surroundings, words: Words): Bound {
  const role = around.mode === 'done' ? 'result' : 'target'
  // 前移2位 says how far, not where.
  const moved =
    figure.unitClass === 'rank' && /(?:移|升|降|提升|下滑)了?$/.test(text.slice(figure.numStart - 3, figure.numStart))
  const name = moved ? null : indicatorOf(text, figure, around, words)
  const segment = text.slice(around.segment.start, around.segment.end)
  if (!name && words.bars.in(segment)) return { role: 'threshold', metric: null, params: {}, why: bar }
  // 满意度达到98%，比上年提高1个百分点: how far a rate moved is not the rate.
  const step = figure.unitClass === 'share' && text.slice(figure.numEnd, figure.end).includes('百分点')
  const apart = step && !/[率度比例额量值]/.test(segment)
  if (!name || apart) return { role, metric: null, params: {}, why: '看不出是哪一项指标，请指明' }
  if (around.mode === 'do') {
    const aim = aimOf(text, figure, around, words)
    return { role, metric: 'indicator.target', params: { indicator: name.name, role: aim }, why: null }
  }
  const why = name.known ? null : `指标库里没有“${name.name}”，请先登记这项指标`
  const params = figure.unitClass === 'rank' ? { indicator: name.name, role: 'rank' } : { indicator: name.name }
  return { role, metric: 'indicator.actual', params, why }
}

/** Whether an aim is the base line, the stretch or a rank, by the words before the figure in its clause. */
function aimOf(text: string, figure: Figure, around: Surroundings, words: Words): 'baseline' | 'stretch' | 'rank' {
  if (figure.unitClass === 'rank') return 'rank'
  const own = text.slice(around.segment.start, figure.numStart)
  // 力争甲增长6%、乙不低于98%: the second says its own bar.
  const from = /不低于|不高于|不超过|控制在/.test(own) ? around.segment.start : around.clause.start
  const roles = words.aims.all(text, from, figure.numStart).map((hit) => hit.value)
  return roles.includes('stretch') ? 'stretch' : 'baseline'
}

/** The indicator named left of the figure; a figure without one goes on with the words before the figures that precede it. */
function indicatorOf(
  text: string,
  figure: Figure,
  around: Surroundings,
  words: Words,
): { name: string; known: boolean } | null {
  const clause = text.slice(around.clause.start, figure.numStart)
  const known = words.indicators.find((row) => row.all.every((group) => group.some((word) => clause.includes(word))))
  if (known) return { name: known.name, known: true }
  const shared = sharedName(clause)
  const grows = figure.unitClass === 'share' && /(?:增长|提高|同比)[^，。；]{0,4}$/.test(clause)
  const ranges = [
    { start: around.segment.start, end: figure.numStart },
    { start: around.clause.start, end: figure.numStart },
    ...around.before.toReversed(),
  ]
  for (const range of ranges) {
    const said = text.slice(range.start, range.end).replace(dates, '')
    const row = words.indicators.find((one) => one.all.every((group) => group.some((word) => said.includes(word))))
    if (row) return { name: row.name, known: true }
    if (shared) return { name: grows && !/(?:率|增速|增幅)$/.test(shared) ? `${shared}增速` : shared, known: false }
    const first = said.search(/[0-9*×□○_]/)
    const name = nameIn(first > 0 ? said.slice(0, first) : said, words)
    if (words.none.in(said.slice(0, first > 0 ? first : undefined))) return null
    if (shareOfNothing.test(name)) return null
    if (name.length < 2 || wordOfSize.test(name)) continue
    if (name.length > 24 || (figure.unitClass !== 'rank' && !words.ends.some((end) => name.endsWith(end)))) {
      if (range.start === around.segment.start && figure.unitClass !== 'rank') return null
      continue
    }
    return { name: grows && !/(?:率|增速|增幅)$/.test(name) ? `${name}增速` : name, known: false }
  }
  return null
}

/** Days and numbering signs before the name of an indicator. */
const dates =
  /(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号])?(?:底|末)?(?:之?前)?|20[0-9]{2}年|^[0-9]{5}(?=热线)|^[①-⑳⒈-⒛]|^[0-9]{1,2}[.．、]/gu
/** 占比提高到25%: of what, only the sense of the sentence says. */
const shareOfNothing =
  /^(?:其中)?(?:分值|所占)?(?:占比|比例|分值|权重|覆盖率|覆盖面|比重|金额|面积|份额)$|^(?:抽查|抽取|抽检|核查).*比例$/u
/** 总量居全省前3位: how much of what the name before it says. */
const wordOfSize = /^(?:总量|总额|增速|增幅|规模|增量|均值|绝对值)$/u

/** Of 甲、乙分别增长1%、2% the name that belongs to the figure at the end. */
function sharedName(clause: string): string | null {
  const match = /([^，；。]+?)分别(.*)$/.exec(clause)
  if (!match) return null
  const names = match[1]!.replace(/^(?:实现|全年|全市|其中|集团)+/, '').split(/[、和]/)
  const before = match[2]!.match(/[0-9*][0-9.,*]*(?:%|亿|万|个百分点)/g)?.length ?? 0
  return names.length > 1 ? (names[before] ?? null) : null
}

/** 在全市考核中位列, 评价进入全省, 回复率只有: how a name reaches its value. */
const reaches =
  /(?:中)?(?:位居|位列|名列|排名第?|列(?=第?$)|居(?=第?$|全|系统)|进入)[^，]{0,8}$|(?:只有|仅有|仅为|仅|首次|迈上|做到|不足|不到|同比|全年|压缩[至到]?|压减[至到]?|缩短[至到]?|提升[至到]?|提高[至到]?|降低[至到]?|提[至到]|控制|力争|努力|确保)+$/u
const margins =
  /^(?:.*(?:使|盯住|推动|确保|[日底]前把)(?=[^使]{2,})|团结带领[^，。；]{2,8}(?:职工|干部|群众)|[0-9一二三四五六七八九十⒈-⒛①-⑳、.（）]*(?:确保|全市|全县|全区|全省|全年|力争|要|实现|完成|推动|今年|我局|集团|同比|比上年|较上年|年均|居|前|到年底|年底前|[0-9]+月底前|其中|将|使|，))+|(?:同比|比上年|较上年|年均|前移|上升|提升|前|居|在|由|从|为|达|分别|[0-9*.%，；。：、 ]|亿元?|以上|以内|左右|位|全省第|全市第|第|全省|全市|保持|保持在|稳定在|控制在|进入(?:全[国省市县]|流域|系统)?|维持在|达到|均)+$/gu

/** What is left of a clause without words of aim, comparison and figures. */
function nameIn(clause: string, words: Words): string {
  let rest = ''
  let at = 0
  for (const hit of words.aims.all(clause)) {
    if (/[率量额值数面]/.test(clause.charAt(hit.end))) continue
    rest += clause.slice(at, hit.start)
    at = hit.end
  }
  const named = (rest + clause.slice(at)).replace(margins, '').replace(reaches, '').replace(margins, '')
  return trimName(named)
    .replace(/^(?:[^，]{0,8}在)([^，]{4,})$/u, (all, inner: string) =>
      /(?:评价|评估|考核|评比|测评|中)$/.test(inner) ? inner : all,
    )
    .replace(/(?<=评价|评估|考核|评比|测评|竞赛)中$/u, '')
    .replace(/^“([^”]+)”$/, '$1')
}
