import { numberOf } from '../outline/signs.ts'
import { Opening } from '../text/chars.ts'
import { isTerm, type Owners, ownersIn, parted, takeBare, tidied, type Unfinished, unitsOf } from './owners.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Who has one of the numbered tasks above; `number` is null where it is all of them, 'rest' where it is all that no other share names. */
export type Share = { readonly number: number | 'rest' | null; readonly owners: Owners }

/** What a passage begins with that divides the tasks above it: 责任分工：… （第18至20项由…, 除第3项由…外，其余…. */
export const divisionOpening = new Opening(
  /^[ ]*(?:[（［【〔](?=第|以上|上述))?(?:——|(?:责任|任务|工作|职责)?(?:分工|落实)：|(?:责任|牵头|承办|主办)(?:单位|部门|科室|处室|股室)?(?:和|及|与|、)?(?:完成)?(?:时限|时间|期限)?(?:要求)?：(?=第?[0-9一二三四五六七八九十]+[^，。；]{0,12}项)|(?:(?:以上|上述)[^，。；由]{0,10}，?)?(?:除|第?)[第（0-9一二三四五六七八九十][^，。；]{0,24}(?:项|部分)[^，。；]{0,10}[由为]|(?:完成|办结)?(?:时限|时间|期限)(?:要求)?(?:除第|：(?=第[0-9一二三四五六七八九十]+项))|其余|(?:以上|上述|具体|[此本该这](?:项|次|方案|通知|清单|行动|工作))[^，。；]{0,12}由|由[^，。；：由对将把]{2,24}(?:牵头|负责)[，。]|(?:以上|上述|[此本该这](?:项|条|部分|类|节|阶段))[^，。；：]{0,10}(?:由|(?:责任|牵头|承办|主办)[^，。；：]{0,4}[：为]))/u,
  ' （［【〔—责任工职分落以上述具此本该这除第其由完时期牵承主0123456789一二三四五六七八九十',
)

const heading =
  /^(?:——|(?:完成|办结)?(?:时限|时间|期限)(?:要求)?：(?=第)|(?:责任|任务|工作|职责)?(?:分工|落实)：|(?:责任|牵头|承办|主办)(?:单位|部门|科室|处室|股室)?(?:和|及|与|、)?(?:完成)?(?:时限|时间|期限)?(?:要求)?：(?=第?[0-9一二三四五六七八九十]+[^，。；]{0,12}项)|(?:以上|上述)[^，。；由]{0,10}?，?(?=除|第[0-9（一二三四五六七八九十]|[0-9]))/u
const bracket = /^[（［【〔](.*)[）］】〕]$/u
const all =
  /^(?:以上|上述|具体|[此本该这](?:项|条|部分|类|节|阶段|方案|通知|清单|行动|工作)|本次(?:行动|工作)?)(?:中|的)?(?:各|[0-9一二两三四五六七八九十]+)?(?:项|条|个方面|阶段)?(?:任务|工作|事项|措施)?(?:均|都)?，?(?:由(?:下列|以下)(?:单位|部门|科室)[^，。；：]{0,4}：)?/u
const listed = '[（）0-9一二三四五六七八九十、第项至到和及—－-]'
const some = new RegExp(
  `^(?:第|(?=[0-9]))(${listed}*?)(?:项|条|部分)(?:任务|工作|措施)?(?:，|(?=由)|$|(?=[^、和及第]))`,
  'u',
)
const rest = /^(?:其余|其他|余下)(?:的)?(?:各项|各条|任务|事项|工作|项目)*(?:任务|工作)?(?:均|都|一律)?，?/u
const behind = /^([^（）]{2,40})（第([0-9一二三四五六七八九十、至到—－-]+)(?:项|条)）$/u
const each = /^(.{2,40}?)分别(?:牵头)?负责(第.+?[项条])[和及、](第[^第]+[项条])$/u
const helps = /^(.{2,30}?)(?:配合|协助)(?:做好|抓好)?第([0-9一二三四五六七八九十、至到—－-]+)(?:项|条)$/u
/** 除第5项为8月15日前外: the term of one, by its number. */
const dated =
  /^(?:(?:完成|办结)?(?:时限|时间|期限)(?:要求)?)?，?第?([（）0-9一二三四五六七八九十、至到—－-]+)(?:项|条)为(.{2,20})$/u
const dates =
  /^(?:(?:完成|办结)?(?:时限|时间|期限)(?:要求)?)?，?(?:其余|其他)?(?:各项)?(?:未[^，；]{2,10}的)?(?:均|都)(?:须|应|要)?(?:为|于|在)?(?!由)([^由负第]{2,20}?)(?:完成|办结)?$/u

/**
 * Reads a passage that divides the tasks above it (责任分工：第4项由执法处负责；第5、6项由储备处牵头，交易中心配合；完成时限均为10月底): for
 * each of them, or for all, who leads, who supports and until when; null where any part says something else.
 */
export function sharesIn(passage: string, vocabulary: Vocabulary): Share[] | null {
  if (divisionOpening.length(passage, 0, passage.length) === 0) return null
  const words = passage.trim().replace(/[。；]$/u, '')
  const division = new Division(vocabulary)
  const body = (bracket.exec(words)?.[1] ?? words).replace(heading, '')
  return piecesOf(body).every((piece) => division.takes(piece)) ? division.shares() : null
}

/** The parts of a division: what stands between semicolons, and where a new number, the rest or a common term begins behind a comma. */
function piecesOf(body: string): string[] {
  return body
    .replace(/，除[^，；]{0,6}(?:注明|明确|另有|单独|写明)[^，；]{0,8}外(?=，)/gu, '')
    .replace(/(?<=^|[，；])除(.*?)外(?=[，；])/gu, '$1')
    .replace(/(?:完成|办结)?(?:时限|时间|期限)(?:要求)?除(第[^，；]*?)外(?=[，；])/gu, '$1')
    .replace(/(?<=负责)、(?=第)/gu, '，')
    .split(
      /[；。\n]|，(?=第?[（0-9一二三四五六七八九十][^，；]{0,16}[项条](?!目)|其余|其他各|均[^，；由]{0,2}?(?:为|于|在|[0-9一二三四五六七八九十]))/u,
    )
    .map((piece) => piece.trim().replace(heading, ''))
    .filter((piece) => piece !== '')
}

/** The shares of a passage while its parts are taken in. */
class Division {
  readonly #vocabulary: Vocabulary
  readonly #shares: { number: Share['number']; owners: Unfinished }[] = []
  #term: string | null = null

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /** The shares; a term of its own stands for those that name none. Null where nobody was named and no term given. */
  shares(): Share[] | null {
    if (this.#shares.length === 0 && this.#term === null) return null
    if (this.#shares.every(({ owners }) => owners.leadUnit === null) && this.#term !== null)
      this.#shares.push({ number: 'rest', owners: { leadUnit: null, supportUnits: [], term: this.#term } })
    if (this.#shares.length === 0) return null
    const apart = new Map(
      this.#shares.flatMap(({ number, owners }) => (owners.leadUnit === null ? [[number, owners.term]] : [])),
    )
    return this.#shares.map(({ number, owners }) => ({
      number,
      owners: tidied({ ...owners, term: owners.term ?? apart.get(number) ?? this.#term }),
    }))
  }

  /** Takes in one part; false where it says something else. */
  takes(part: string): boolean {
    const [first = '', ...more] = part.split('，')
    const helped = helps.exec(first)
    const common = dates.exec(part)?.[1]
    const divides = some.test(part) || rest.test(part)
    const own = common === undefined ? dated.exec(part) : null
    if (own) {
      this.#push(numbersIn(own[1]!), { leadUnit: null, supportUnits: [], term: own[2]! })
      return isTerm(own[2]!, this.#vocabulary)
    }
    const said = helped ? more.join('，') : part
    const term = common ?? (divides && !helped ? null : termIn(said, this.#vocabulary))
    this.#term ??= term
    if (helped) this.#help(unitsOf(helped[1]!), numbersIn(helped[2]!))
    return helped !== null || term !== null || this.#supports(part) || this.#pairs(part) || this.#gives(part)
  }

  /** 配合单位：后勤处: who helps with what was given before. */
  #supports(part: string): boolean {
    const read = this.#shares.length > 0 && part.includes('：') ? ownersIn(part, this.#vocabulary) : null
    if (read === null || read.leadUnit !== null || read.supportUnits.length === 0) return false
    for (const { owners } of this.#shares) owners.supportUnits.push(...read.supportUnits)
    this.#term ??= read.term
    return true
  }

  #help(units: readonly string[], numbers: readonly number[]): void {
    for (const { number, owners } of this.#shares)
      if (typeof number === 'number' && numbers.includes(number)) owners.supportUnits.push(...units)
  }

  /** 纪委、财务处分别负责第1、2项和第3项: the first has the former. */
  #pairs(part: string): boolean {
    const [, names, former, latter] = each.exec(part) ?? []
    const units = unitsOf(names ?? '')
    if (units.length !== 2) return false
    for (const [at, said] of [former!, latter!].entries())
      this.#push(numbersIn(said), { leadUnit: units[at]!, supportUnits: [], term: null })
    return true
  }

  /** 第4项由执法处负责; 人事处（第7项）; 以上各项由机关纪委牵头，各处室配合; 其余均由经发办负责，10月底完成. */
  #gives(part: string): boolean {
    const owners: Unfinished = { leadUnit: null, supportUnits: [], term: null }
    const named = behind.exec(part)
    const numbered = named ? null : some.exec(part)
    const others = !named && !numbered && rest.test(part)
    const words = named ? named[1]! : part.replace(numbered ? some : others ? rest : all, '')
    const numbers = named
      ? numbersIn(named[2]!)
      : numbered
        ? numbersIn(numbered[1]!)
        : [others ? ('rest' as const) : null]
    const units = unitsOf(words)
    if (units.length > 0 && units.every((unit) => isUnit(unit, this.#vocabulary)))
      [owners.leadUnit = null, ...owners.supportUnits] = units
    else if (/[：为]/.test(words)) Object.assign(owners, ownersIn(words, this.#vocabulary))
    else if (!words.split(pieces).every((piece) => this.#says(owners, piece))) return false
    const told = owners.leadUnit !== null || (owners.term !== null && numbers[0] !== null)
    if (told) this.#push(numbers, owners)
    return told
  }

  /** One piece of a part: who leads, who helps, until when, or a name alone (1—2项，后勤保障处，5月). */
  #says(owners: Unfinished, piece: string): boolean {
    const plain = piece.replace(/^(?:均|都)(?=[由0-9])/u, '').replace(/具体(?=落实)/u, '')
    if (takeBare(owners, plain, this.#vocabulary)) return true
    if (owners.leadUnit !== null || !isUnit(plain, this.#vocabulary)) return false
    owners.leadUnit = plain
    return true
  }

  #push(numbers: readonly Share['number'][], owners: Unfinished): void {
    for (const number of numbers)
      this.#shares.push({ number, owners: { ...owners, supportUnits: [...owners.supportUnits] } })
  }
}

const pieces = new RegExp(`${parted.source}|、(?=(?:20)?[0-9一二三四五六七八九十年][^，、]{0,12}完成$)|，`, 'u')

function isUnit(name: string, vocabulary: Vocabulary): boolean {
  if (!/^[^由的要将把：]{2,14}$/u.test(name)) return false
  return vocabulary.nameEnds.all(name).some((end) => end.end === name.length)
}

/** The term that a part names and nothing else (完成时限均为10月底; 并长期坚持), or null. */
function termIn(part: string, vocabulary: Vocabulary): string | null {
  const labelled = ownersIn(part.replace(/(?:均|都)?为|：/, '：'), vocabulary)
  if (labelled) return labelled.leadUnit === null ? labelled.term : null
  const owners: Unfinished = { leadUnit: null, supportUnits: [], term: null }
  return takeBare(owners, part, vocabulary) && owners.leadUnit === null && owners.supportUnits.length === 0
    ? owners.term
    : null
}

/** 第12、13项, 18至20, 三和四: the numbers that are named. */
function numbersIn(said: string): number[] {
  const found: number[] = []
  for (const match of said.matchAll(
    /([0-9一二三四五六七八九十]+)）?(?:(?:至|到|—|－|-)+第?（?([0-9一二三四五六七八九十]+))?/gu,
  )) {
    const from = numberOf(match[1]!, 'number')
    const to = match[2] === undefined ? from : numberOf(match[2], 'number')
    for (let number = from; number <= Math.min(to, from + 60); number++) found.push(number)
  }
  return found
}
