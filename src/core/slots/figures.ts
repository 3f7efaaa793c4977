import type { Lexicon } from '../reading/lexicon.ts'
import { Chars } from '../text/chars.ts'
import { Patterns } from '../text/patterns.ts'
import { finderOf, WordFinder } from '../text/words.ts'
import { type Habits, habitsOf, numberOf } from './numerals.ts'

type UnitClass = Lexicon['units'][number]['class']

/** A figure in a folded text: digits or a redaction sign, with its unit and words of rounding. */
export type Figure = {
  /** The number token alone. */
  numStart: number
  numEnd: number
  /** The token with rounding words and unit. */
  start: number
  end: number
  value: number | null
  unit: string
  unitClass: UnitClass
  approx: string | null
  /** Whether it counts only where a row says what: a numeral in a text that writes its numbers otherwise. */
  loose: boolean
}

type FigureWords = {
  token: Patterns<{ readonly pattern: string }>
  units: WordFinder<{ unit: string; class: UnitClass }>
  approx: WordFinder<string>
  worded: Patterns<Lexicon['worded'][number]>
  names: WordFinder<string>
}
const cache = new WeakMap<object, FigureWords>()
const ordinals = new Chars('第○〇零一二三四五六七八九+')
const [digits, more] = [new Chars('0123456789'), new Chars('余多')]
const ambiguous = new Set('部门面所支本类台村站级点组单头升度对片床届例间车'.split(''))
/** Units that are no names of bodies or places: **支， and **本， count. */
const plain = new Set('支本台类级头单升度对片床例间车面'.split(''))

function wordsOf(lexicon: Lexicon): FigureWords {
  const known = cache.get(lexicon)
  if (known) return known
  const signs = lexicon.redactions.map((row) => row.pattern).join('|')
  const made = {
    token: new Patterns([{ pattern: `[0-9][0-9,]*(?:\\.[0-9]+)?(?:${signs})?|(?:${signs})(?:\\.(?:${signs}))?` }]),
    units: new WordFinder(
      lexicon.units.flatMap((row) =>
        row.words.map((word) => [word, { unit: row.unit ?? word, class: row.class }] as const),
      ),
    ),
    approx: new WordFinder(
      lexicon.approximations.flatMap((row) => row.words.map((word) => [word, row.value] as const)),
    ),
    worded: new Patterns(lexicon.worded),
    names: rowsFinder(lexicon.number_names),
  }
  cache.set(lexicon, made)
  return made
}

/** The figures of a folded text in order: a number or redaction counts only when a unit follows; titles, ordinals and dates do not. */
export function figuresIn(text: string, lexicon: Lexicon, inTitle: (index: number) => boolean): Figure[] {
  const words = wordsOf(lexicon)
  const figures: Figure[] = []
  const habits = habitsOf(text)
  for (const { start, end } of words.token.all(text)) {
    if (start < (figures.at(-1)?.end ?? 0)) continue
    const figure = figureAt(text, start, text.slice(start, end), words, habits)
    if (figure && !inTitle(start) && !isFurniture(text, start)) figures.push(figure)
  }
  const worded = wordedIn(text, words, figures)
  const numerals = numeralsIn(text, words, [...figures, ...worded], habits.numerals)
  const said = [...worded, ...numerals].filter((figure) => !inTitle(figure.start))
  return said.length === 0 ? figures : [...figures, ...said].sort((a, b) => a.start - b.start)
}

/** Figures in words (百分之九十, 三分之二) that no figure in digits overlaps. */
function wordedIn(text: string, words: FigureWords, figures: readonly Figure[]): Figure[] {
  return words.worded.all(text).flatMap(({ row, start, end }): Figure[] => {
    if (figures.some((figure) => figure.start < end && start < figure.end)) return []
    const after = words.approx.at(text, end)
    const above = after && (after.value === '以上' || after.value === '左右') ? after : null
    return [
      {
        numStart: start,
        numEnd: end,
        start,
        end: above?.end ?? end,
        value: null,
        unit: row.unit,
        unitClass: row.class,
        approx: above?.value ?? null,
        loose: false,
      },
    ]
  })
}

const numeral = /[一二两三四五六七八九十百千][零一二两三四五六七八九十百千万亿]*/g
/** Units that a numeral below ten wears in names and manners of speaking too (三类人员, 二组, 四点, 一门). */
const spoken = new Set('门面类级点组头升度届间车片床层段字步道把课讲站村款根口'.split(''))
/** Units of which a numeral below ten seldom counts what was done (三个环节, 两项制度). */
const common = new Set(['个', '项', '件', '种', '家', '处', '部', '所', '台', '支', '座', '套', '张', '块', '户'])

/** Figures in Chinese numerals that no other figure overlaps: all of a text that writes so, else those that a row explains. */
function numeralsIn(text: string, words: FigureWords, figures: readonly Figure[], habit: boolean): Figure[] {
  return [...text.matchAll(numeral)].flatMap(({ 0: token, index }): Figure[] => {
    const figure = numeralAt(text, index, token, words, habit)
    if (!figure || figures.some((other) => other.start < figure.end && figure.start < other.end)) return []
    const names = words.names.all(text, Math.max(0, index - 12), Math.min(text.length, index + 12))
    return names.some((name) => name.start < figure.numEnd && figure.numStart < name.end) ? [] : [figure]
  })
}

function numeralAt(text: string, index: number, said: string, words: FigureWords, habit: boolean): Figure | null {
  // 三百万元: the unit is 万元.
  const whole = /[万亿]$/.test(said) && said.length > 1 && words.units.at(text, index + said.length - 1)
  const token = whole ? said.slice(0, -1) : said
  const value = numberOf(token)
  const numEnd = index + token.length
  if (value === null || notCounting.test(text.slice(Math.max(0, index - 4), index))) return null
  const more = /[余多来]/.test(text.charAt(numEnd)) ? 1 : 0
  const unit = words.units.at(text, numEnd + more)
  if (!unit || unit.value.class === 'span' || /^(?:分|元|斤)$/.test(unit.word)) return null
  const last = ends.at(text, unit.end) || left.test(text.slice(Math.max(0, index - 3), index))
  if (value < 10 && (spoken.has(unit.word) || !(habit || last))) return null
  if (value === 1 && !(habit && isOne(text, index, last))) return null
  if (token === '二' || /^(?:工程|项目|全会|代会|大会)/.test(text.slice(unit.end, unit.end + 2))) return null
  if (value < 10 && /[“‘]/.test(text.charAt(index - 1))) return null
  if (!habit && value < 10 && asked.test(text.slice(Math.max(0, index - 12), index))) return null
  const approx = more ? text.charAt(numEnd) : approxBefore(text, index, words)
  return {
    numStart: index,
    numEnd,
    start: index,
    end: unit.end,
    value,
    unit: unit.word === '位' ? '人' : unit.value.unit,
    unitClass: unit.word === '位' ? 'person' : unit.value.class,
    approx: approx === '来' ? '左右' : approx,
    loose: habit ? value > 1 && value < 10 && common.has(unit.word) && !last : value <= 10 || !counted.has(unit.word),
  }
}

/** Units that a numeral above ten wears only where it counts. */
const counted = new Set('人次 场次 人 名 次 场 期 堂 篇 份 轮'.split(' '))

/** 有三件没通过, 剩下两个: what is left or amiss. */
const left = /(?:有|剩下?|其中)$/

/** 这三次, 第三次, 同一次, 逐一: numerals that point or order. */
const notCounting = /(?:[第这那哪同另某逐统任每各上头前后其初百]|(?<!剩)下|周|星期|其他|其余|专项)$/
/** 每季度两次, 不少于三次: a count that is asked for. */
const asked = /(?:每|至少|不少于|不低于|不得|原则上|最多|最少|以上|以内|分)[^，。；]*$/

/** 一人次， and 还有一个没有: one as a count; 一次 and 一个 else are articles and rhythms. */
function isOne(text: string, index: number, last: boolean): boolean {
  const before = text.slice(Math.max(0, index - 6), index)
  if (/(?:还有|尚有|只有|仅有|只剩|还剩|剩下|仅|共)$/.test(before)) return true
  if (/[起次]/.test(text.charAt(index + 1))) return false
  return last && /[一-鿿]$/.test(before) && !/(?:[年月度季周旬天日有]|每[^，。；]*)$/.test(before)
}

/** A counter of the web page that the text was taken from. */
function isFurniture(text: string, start: number): boolean {
  return /(?:阅读|浏览|点击|访问|点赞)(?:次数|量|数)?[：: ]*$/.test(text.slice(Math.max(0, start - 8), start))
}

function figureAt(text: string, numStart: number, token: string, words: FigureWords, habits: Habits): Figure | null {
  const rank = text.charAt(numStart - 1) === '第'
  if (isPlace(text, numStart, token)) return null
  if (!rank && ordinals.at(text, numStart - 1)) return null
  const numEnd = numStart + token.length
  if (rank && ranked.test(text.slice(numStart - 9, numStart)) && ends.at(text, numEnd)) {
    return { ...placed(numStart, token), unit: '位', unitClass: 'rank' }
  }
  let at = numEnd
  let approx: string | null = null
  if (more.at(text, at)) approx = text.charAt(at++)
  while (text.charAt(at) === ' ') at++
  let unit = words.units.at(text, at)
  if (!unit && /[万亿千百]/.test(text.charAt(at))) {
    unit = words.units.at(text, at + (more.at(text, at + 1) ? 2 : 1))
  }
  const plainly =
    habits.some && token === '某' && unit !== null && (ends.at(text, unit.end) || /^[已均]/.test(text.charAt(unit.end)))
  if (!unit || (!plainly && isNameOrDate(text, token, unit)) || isVague(text, numStart, token, unit, habits))
    return null
  if (countsPages(text, numStart, unit)) return null
  if (rank && !/^[位名]$/.test(unit.word)) return null
  // 保持前3名 says which place, 前3名选手 and 12位老党员 how many.
  const among = /^[位名]$/.test(unit.word) && text.charAt(numStart - 1) === '前' && ends.at(text, unit.end)
  const people = unit.word === '位' && !among && !placing.test(text.slice(Math.max(0, numStart - 8), numStart))
  const after = words.approx.at(text, unit.end)
  const [end, above] =
    after && (after.value === '以上' || after.value === '左右') ? [after.end, after.value] : [unit.end, null]
  return {
    ...placed(numStart, token),
    end,
    unit: among ? '位' : people ? '人' : unit.value.unit,
    unitClass: among ? 'rank' : people ? 'person' : unit.value.class,
    approx: approx ?? above ?? approxBefore(text, numStart, words),
  }
}

/** What stands before a place, its change or its distance. */
const placing = /[第前后列居排移升降进退跃]|名次/
const ranked = /(?:位列|位居|名列|列|排名|排|居)[^，；。]{0,6}第$/
const ends = new Chars('，；。、）！\n')

/** A number as it stands, before its unit is known. */
function placed(numStart: number, token: string) {
  const numEnd = numStart + token.length
  const value = /^[0-9][0-9,.]*$/.test(token) ? Number(token.replaceAll(',', '')) : null
  return { numStart, numEnd, start: numStart, end: numEnd, value, approx: null as string | null, loose: false }
}

function approxBefore(text: string, numStart: number, words: FigureWords): string | null {
  for (let length = 3; length >= 1; length--) {
    const hit = words.approx.at(text, numStart - length)
    if (hit?.end === numStart && hit.value !== '余' && hit.value !== '多' && hit.value !== '以上') return hit.value
  }
  return null
}

const lists = new Chars('\n.、和至到—-')

/** 2.1.3 对外包…, 第5、6项, 第18至20项: numbers of items. */
function isPlace(text: string, numStart: number, token: string): boolean {
  if (numStart > 0 && !lists.at(text, numStart - 1)) return false
  const first = numStart === 0 || text.charAt(numStart - 1) === '\n'
  if (first && /^[0-9]+(?:\.[0-9]+)+$/.test(token) && /[. ]/.test(text.charAt(numStart + token.length))) return true
  const before = text.slice(Math.max(0, numStart - 14), numStart)
  return /(?:^|\n)[0-9.]+\.$/.test(before) || /第[0-9]+(?:[、和至到—-]+[0-9]*)+$/.test(before)
}

/** 精选6篇, 约3千字, 412人已阅读: what a site of papers says of its papers. */
function countsPages(text: string, numStart: number, unit: { word: string; end: number }): boolean {
  const [before, after] = [text.slice(Math.max(0, numStart - 4), numStart), text.slice(unit.end, unit.end + 4)]
  if (unit.word === '篇')
    return /(?:精选|汇总|合集|通用|以下)$/.test(before) || (/(?<![告章])（共?$/.test(before) && after.startsWith('）'))
  if (unit.word === '人' || unit.word === '次') return /^已?(?:阅读|浏览|下载)/.test(after)
  return /[页字]$/.test(unit.word) && /(?:约 ?|全文共|仅显示|省略|隐藏)$/.test(before)
}

/** The nouns before a number that its unit belongs to, by their last sign. */
const worn: Record<string, RegExp> = { 支: /[队伍]/, 所: /[校园院学]/, 部: /[片剧书梯机影改订度]/, 站: /[水电泵]/ }

function isNameOrDate(text: string, token: string, unit: { word: string; end: number }): boolean {
  const masked = !digits.at(token, 0)
  if (unit.word === '年')
    return (
      token.length >= 3 ||
      (masked && !/(?:满|超过|不足|连续|任职|近)$/.test(text.slice(0, unit.end - token.length - 1).slice(-2)))
    )
  if (
    unit.word.length === 1 &&
    /^[0-9]+[^0-9.,]/.test(token) &&
    !/[次回人场个项名条期篇份件起户家堂节处]/.test(unit.word)
  )
    return true
  if (masked && ambiguous.has(unit.word)) {
    if (token !== '某' && plain.has(unit.word) && ends.at(text, unit.end)) return false
    // 突击队**支, 走访学校**所, 播放片子**部: what is counted stands before its unit.
    return !worn[unit.word]?.test(text.charAt(unit.end - token.length - 2))
  }
  if (token === '某' && /^[个项人名条件家位类]$/.test(unit.word)) return true
  if (unit.word === '人' && /^[大民才员事]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '次' && text.startsWith('全会', unit.end)) return true
  if (unit.word === '天' && /^[气然津]/.test(text.slice(unit.end, unit.end + 1))) return true
  if (unit.word === '分' && /^[工管别类享析管局]/.test(text.slice(unit.end, unit.end + 1))) return true
  // 讲4点意见: how a speech is divided.
  if (unit.word === '点' && /^(?:意见|要求|体会|建议|希望|感受|想法)/.test(text.slice(unit.end, unit.end + 2)))
    return true
  // 1件1件去盯: one after the other.
  if (token === '1' && text.startsWith(`1${unit.word}`, unit.end)) return true
  if (token === '1' && text.startsWith(`1${unit.word}1${unit.word}`, unit.end - 2 * unit.word.length - 2)) return true
  if (unit.word === '位' && masked && /^[于置同]/.test(text.slice(unit.end, unit.end + 1))) return true
  return unit.word === '个' && /^[人别体性]/.test(text.slice(unit.end, unit.end + 1))
}

const vague = new Chars('几若数')

/** 几个问题, 这几项, 若干措施: words of vague number that count nothing. */
function isVague(
  text: string,
  numStart: number,
  token: string,
  unit: { word: string; end: number },
  habits: Habits,
): boolean {
  if (!vague.at(token, 0)) return false
  if (/[这那哪好]/.test(text.charAt(numStart - 1))) return true
  if (habits.several) return false
  return token === '几' && !/^(?:期|场|次|场次|篇|对|学时|课时|小时|个月|个工作日|天|周|轮|批|年)$/.test(unit.word)
}

/** The finder of any of the words of some rows. */
export function rowsFinder(rows: readonly { words: readonly string[] }[]): WordFinder<string> {
  return finderOf(rows.flatMap((row) => row.words))
}
