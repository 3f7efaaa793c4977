import { trimName } from './audience.ts'
import type { Bound, Surroundings } from './bind.ts'
import { inOrder } from './chains.ts'
import type { Figure } from './figures.ts'
import type { SlotWords } from './vocabulary.ts'

/** Why a least or a most stays unbound. */
export const bar = '这是要求的下限或上限，不是结果'

/** 平均住院日控制在7天以内: days that are the value of an indicator. */
export function stayOf(text: string, figure: Figure, around: Surroundings, words: SlotWords): Bound | null {
  const said = text.slice(around.segment.start, figure.numStart)
  const name =
    /平均[一-鿿]{2,4}日(?=(?:控制|压缩|压减|降|缩短|稳定|保持)[一-鿿]{0,2}$)/u.exec(said)?.[0] ??
    /[一-鿿]{0,8}(?:平均|户均|件均)[一-鿿]{0,6}(?:天数|时长|时间|周期|用时)(?=(?:为|约|降至|达|高达)*$)/u.exec(
      said,
    )?.[0]
  if (!name || /(?:缩短|压减|压缩|降低)$/.test(said)) return null
  if (around.mode === 'done')
    return { role: 'result', metric: 'indicator.actual', params: { indicator: name }, why: null }
  const role = aimOf(text, figure, around, words)
  return { role: 'target', metric: 'indicator.target', params: { indicator: name, role }, why: null }
}

/** Binds a share, sum, rank or measure to the indicator whose value it is. */
export function measureOf(text: string, figure: Figure, around: Surroundings, words: SlotWords): Bound {
  const ahead = isAhead(text, figure, around)
  const role = ahead ? 'target' : 'result'
  // 前移2位 says how far, not where.
  const moved =
    figure.unitClass === 'rank' && /(?:移|升|降|提升|下滑)了?$/.test(text.slice(figure.numStart - 3, figure.numStart))
  const behind = behindOf(text, figure, words)
  const name =
    behind ??
    (moved || isMoved(text.slice(around.segment.start, figure.numStart), words)
      ? null
      : indicatorOf(text, figure, around, words))
  const segment = text.slice(around.segment.start, around.segment.end)
  if (!name && words.bars.in(segment)) return { role: 'threshold', metric: null, params: {}, why: bar }
  // 满意度达到98%，比上年提高1个百分点: how far a rate moved is not the rate.
  const step = figure.unitClass === 'share' && text.slice(figure.numEnd, figure.end).includes('百分点')
  const apart =
    step && !/[率度比例额量值]/.test(segment.replace(/[同环]比|[比较](?:上年|去年|年初|上届|前年)(?:同期)?|年度/g, ''))
  if (!name || apart) return { role, metric: null, params: {}, why: '看不出是哪一项指标，请指明' }
  if (ahead) {
    const aim = aimOf(text, figure, around, words)
    return { role, metric: 'indicator.target', params: { indicator: name.name, role: aim }, why: null }
  }
  const why = name.known ? null : `指标库里没有“${name.name}”，请先登记这项指标`
  const params = figure.unitClass === 'rank' ? { indicator: name.name, role: 'rank' } : { indicator: name.name }
  return { role, metric: 'indicator.actual', params, why }
}

/** 61.2%的三四级手术占比: an indicator that stands behind its value. */
export function behindOf(text: string, figure: Figure, words: SlotWords): { name: string; known: boolean } | null {
  const name = /^的([一-鿿（）“”]{1,14}?(?:率|量|额|值|占比|收入|满意度))/u.exec(
    text.slice(figure.end, figure.end + 20),
  )?.[1]
  if (!name || words.none.in(name) || !words.ends.some((end) => name.endsWith(end))) return null
  return { name, known: false }
}

/** 争取资金*万元, 压降应收账款*亿元: a sum that somebody moved, where the value of an indicator would stand behind its name. */
function isMoved(said: string, words: SlotWords): boolean {
  const from = /^(?:共计?|累计|已|又|再|先后|全年|今年|上半年|、|，)*/.exec(said)![0].length
  return words.moved.at(said, from) !== null && !/回笼|实现/.test(said)
}

/** Whether a value is yet to be reached: how it is led to tells more than the words of time around it. */
function isAhead(text: string, figure: Figure, around: Surroundings): boolean {
  const sentence = text.slice(around.before[0]?.start ?? around.clause.start, around.segment.end)
  if (around.mode === 'done') return /力争|不低于|不高于|不超过/.test(sentence)
  const clause = text.slice(around.clause.start, around.clause.end)
  const rest = /^[^。；\n]*/.exec(text.slice(around.clause.end, around.clause.end + 80))![0]
  if (
    /同比|比上年|较上年|比去年|去年同期/.test(sentence + rest) &&
    !/力争|确保|奋力|争取|目标|不低于|以上/.test(sentence + rest)
  )
    return false
  if (aimed.test(clause) || /力争|确保|努力|奋力|争取|目标/.test(sentence)) return true
  return /100$/.test(text.slice(figure.numStart, figure.numEnd)) || figure.value === 100
}

/** Words that set a value; a bare value behind its name was reached. */
const aimed =
  /达(?!标)|力争|争取|控制|以上|以内|以下|不低于|不高于|不超过|保持|稳定|提高到|提升[到至]|左右|突破|降[至到]|前[*]|进入|压[缩降减]|完成|实现|力保|确保|到[*]|^(?!.*(?:同比|上年|去年)).*(?:增长|下降)/

/** Whether an aim is the base line, the stretch or a rank, by the words before the figure in its clause. */
function aimOf(text: string, figure: Figure, around: Surroundings, words: SlotWords): 'baseline' | 'stretch' | 'rank' {
  if (figure.unitClass === 'rank') return 'rank'
  const own = text.slice(around.segment.start, figure.numStart)
  // 力争甲增长6%、乙不低于98%: the second says its own bar.
  const from = /不低于|不高于|不超过|控制在/.test(own) ? around.segment.start : around.clause.start
  const roles = words.aims.all(text, from, figure.numStart).map((hit) => hit.value)
  return roles.includes('stretch') ? 'stretch' : 'baseline'
}

/** The indicator named left of the figure; a figure without one goes on with the words before the figures that precede it. */
export function indicatorOf(
  text: string,
  figure: Figure,
  around: Surroundings,
  words: SlotWords,
): { name: string; known: boolean } | null {
  const clause = text.slice(around.clause.start, figure.numStart)
  const named = inOrder(text, figure, around)
  const shared = named && bareName(text.slice(named.start, named.end))
  const grows = figure.unitClass === 'share' && /(?:增长|提高|同比)[^，。；]{0,4}$/.test(clause)
  const ranges = [
    { start: around.segment.start, end: figure.numStart },
    { start: around.clause.start, end: figure.numStart },
    ...around.before.toReversed(),
  ]
  for (const range of ranges) {
    const all = text
      .slice(range.start, range.start === around.segment.start ? figure.numStart : range.end)
      .replace(dates, '')
    // 居省直部门第2位: among whom says nothing of what.
    const said = figure.unitClass === 'rank' ? all.replace(/(?:居|位列|名列|列|排名?)[^，；]{0,8}?第?$/, '') : all
    const row = words.indicators.find((one) => one.all.every((group) => group.some((word) => said.includes(word))))
    if (row) return { name: row.name, known: true }
    if (shared) return { name: grows && !/(?:率|增速|增幅)$/.test(shared) ? `${shared}增速` : shared, known: false }
    const first = said.indexOf('*')
    const name = nameIn(first > 0 ? said.slice(0, first) : said, words)
    if (words.none.in(said.slice(0, first > 0 ? first : undefined))) return null
    if (shareOfNothing.test(name)) return null
    if (name.length < 2 || wordOfSize.test(name)) continue
    const ends =
      figure.unitClass === 'rank' ||
      (moves.test(said) && !words.office.in(said)) ||
      words.ends.some((end) => name.endsWith(end))
    if (name.length > 24 || !ends) {
      if (range.start === around.segment.start && figure.unitClass !== 'rank') return null
      continue
    }
    return { name: grows && !/(?:率|增速|增幅)$/.test(name) ? `${name}增速` : name, known: false }
  }
  return null
}

/** 新登记经营主体增长15%: what grows by a share is a thing of the trade, unless it is one of the office's own. */
const moves = /^.{2,16}(?:同比|[比较](?:上年|去年|年初|上届)|年均|力争|预计)*(?:增长|下降|上升|上涨|回落)[约近]?\*+$/u

/** Days and numbering signs before the name of an indicator. */
const dates =
  /(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号])?(?:底|末)?(?:之?前)?|20[0-9]{2}年|^[0-9]{5}(?=热线)|^[①-⑳⒈-⒛]|^[0-9]{1,2}[.．、]/gu
/** 占比提高到25%: of what, only the sense of the sentence says. */
const shareOfNothing =
  /^(?:其中)?(?:分值|所占)?(?:占比|比例|分值|权重|覆盖率|覆盖面|比重|金额|面积|份额)$|^(?:抽查|抽取|抽检|核查).*比例$/u
/** 总量居全省前3位: how much of what the name before it says. */
const wordOfSize = /^(?:总量|总额|增速|增幅|规模|增量|均值|绝对值)$/u

/** The name of one of several indicators, without the value that may stand behind it. */
function bareName(said: string): string | null {
  const name = trimName(
    said
      .replace(/\*.*$/, '')
      .replace(/^(?:实现|完成|全年|全市|其中|集团|公司)+/, '')
      .replace(/(?:同比|[比较](?:上年|去年|年初|上届))+$/, ''),
  )
  return name.length >= 2 ? name : null
}

/** 在全市考核中位列, 评价进入全省, 回复率只有: how a name reaches its value. */
const reaches =
  /(?:中)?(?:由[^，]{1,6})?(?:跃居|跃升至?|升至|位居|位列|名列|排名第?|列(?=第?$)|居(?=第?$|全|系统)|进入)[^，]{0,8}$|(?:高达|已达|只有|仅有|仅为|仅|首次|迈上|做到|不足|不到|同比|全年|压缩[至到]?|压减[至到]?|缩短[至到]?|提升[至到]?|提高[至到]?|降低[至到]?|提[至到]|[压降拉守稳升做定][至到在]|争取到?|目标[为是]?|定为|再增长?|控制|力争|努力|确保)+$/u
const margins =
  /^(?:.*(?:使|盯住|推动|确保|[日底]前把)(?=[^使]{2,})|团结带领[^，。；]{2,8}(?:职工|干部|群众)|[0-9一二三四五六七八九十⒈-⒛①-⑳、.（）]*(?:确保|全市|全县|全区|全省|全年|力争|要|实现|完成|推动|今年|我局|集团|同比|[比较](?:上年|去年|年初|上届)|年均|居|前|到年底|年底前|[0-9]+月底前|其中|目标[为是]|同期|当年|当期|明年|去年|下半年|上半年|第[一二三四]季度|将|使|，))+|(?:同比|[比较](?:上年|去年|年初|上届)|年均|前移|上升|提升|前|居|在|由|从|为|高达|达|(?<=[率度量额值])到|分别|[0-9*.%，；。：、 ]|亿元?|以上|以内|左右|位|全省第|全市第|第|全省|全市|保持|保持在|稳定在|控制在|进入(?:全[国省市县]|流域|系统)?|维持在|达到|均)+$/gu

/** What is left of a clause without words of aim, comparison and figures. */
function nameIn(clause: string, words: SlotWords): string {
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
