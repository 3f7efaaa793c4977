/** Whether a text is a report of one person on himself: its head says so and 我 begins clauses of it. */
export function speaksOfSelf(text: string): boolean {
  if (!/述[责职廉]|履[职责]|个人|承诺书|对照检查|履行.{2,24}责任(?:制)?(?:的)?情况的报告/.test(text.slice(0, 120)))
    return false
  // A speech at a meeting may tell who gave account before it; whoever speaks there speaks for the body.
  if (/讲话/.test(ownLines(text, 'head').slice(0, 2).join(''))) return false
  if (
    /(?:现)?将本人[^，。]{0,40}(?:报告|汇报|述[责职])如下|^.{0,12}承诺书[\s\S]{0,200}我(?:郑重)?(?:作出)?承诺/u.test(
      text.slice(0, 600),
    )
  )
    return true
  const self = text.match(/(?:^|[，。；：\n ])(?:我(?![们局委院校厅市县区镇乡国省队站科部处])|本人)/g)
  return (self?.length ?? 0) >= 3
}

/** Lines at the head or the foot that are neither a title nor a name; what a page prints around a text is gone before (text/furniture.ts). */
const aside = /^(?:公开|发布|主办|附件?[：:]|[（(]联系人|联系人)/
const lineCount = 9
const widest = 60

/** The lines of the head or the foot that belong to the text. */
function ownLines(text: string, from: 'head' | 'foot'): string[] {
  const part = from === 'head' ? text.slice(0, 1500) : text.slice(-400)
  const lines: string[] = []
  for (const line of part.split('\n')) {
    const words = line.trim()
    if (words !== '' && !aside.test(words)) lines.push(words)
    if (from === 'head' && lines.length === lineCount) break
  }
  return from === 'head' ? lines : lines.slice(-4)
}

/** A body below the leading group, as a title or a signature writes it, and the name by which it goes. */
const bodies: readonly (readonly [RegExp, string | null])[] = [
  [/(?:领导小组)$/u, '领导小组'],
  [/(?:(?:直属)?机关(?:党委|党总支|委员会))$/u, '机关党委'],
  [/(?:机关纪(?:委|律检查委员会))$/u, '机关纪委'],
  [/(?:纪律检查委员会|纪委(?!监委))$/u, '纪委'],
  [/(?:(?:派驻)?纪检监察组)$/u, '纪检监察组'],
  [/(?:纪工委)$/u, '纪工委'],
  [/(?:党总支(?:部)?(?:委员会)?|总支部委员会)$/u, '党总支'],
  [/(?:(?:党|团)支部(?:委员会)?|支部(?:委员会)?)$/u, '支部'],
  [/(?:工会(?:委员会)?)$/u, '工会'],
  [/(?:共青团.{0,12}委员会|团委)$/u, '团委'],
  [/(?:妇联|妇女联合会)$/u, '妇联'],
  [/(?:妇委会|妇女委员会)$/u, '妇委会'],
]
/** A body that is the leading group itself, and the paper of a whole office. */
const leaders = /(?:党组|党工委|党委|中共.{2,30}委员会)$/u

/** The body that the end of some words names: undefined where it names none, null for the leading group. */
function bodyAtEnd(words: string): string | null | undefined {
  for (const [pattern, name] of bodies)
    if (pattern.test(words)) return name === '支部' && /团支部/.test(words) ? '团支部' : name
  const office = /(?:局|厅|院|公司|集团|中心|大学|学院)([一-鿿]{2,5}[科股]|[一-鿿]{2,4}处|办公室)$/u.exec(words)?.[1]
  if (office !== undefined) return office
  return leaders.test(words) ? null : undefined
}

/** What stands in a title behind the name of whose paper it is. */
const subjectOfTitle =
  /(?:[0-9*×X〇○]{4}|[二〇○零一三四五六七八九]{4}|[0-9*×X]{2,})[-—－至0-9]*年|年度|上半年|下半年|第?[一二三四]季度|[0-9一二三四五六七八九十]{1,3}月|关于|工作(?:计划|总结|要点|报告|方案|打算|汇报|规则|制度|安排|清单)|议事规则|“三会一课”|主题党日|实施(?:办法|方案|细则)|第[0-9一二三四五六七八九十]+次|谈心谈话|廉政风险|重点(?:任务|工作)|责任清单|党风廉政|党建|全面从严|落实|履行|贯彻|推进|整改|会议纪要|巡察|民主生活会/gu
/** 云溪局机关党委 2031年工作总结: of whom the paper is that a title of one or two lines names. */
function bodyOfTitle(lines: readonly string[]): string | null | undefined {
  const [first = '', second = ''] = lines
  const title = (endsTitle.test(first) ? first : `${first}${second}`).slice(0, widest).replace(/[ 　]/g, '')
  // 区委书记…的讲话: a committee above the bureaus speaks by its secretary.
  const committee = /^(?:中共)?[一-鿿]{0,4}?((?:[省市区县旗州]|[一-鿿]工)委)书记/u.exec(title)?.[1]
  if (committee !== undefined) return committee
  if (/^(?:关于(?!(?:印发|转发)《)|在)/.test(title)) return undefined
  for (const match of title.matchAll(subjectOfTitle)) {
    const before = title.slice(0, match.index).replace(/^关于(?:印发|转发)《/, '')
    const body = bodyAtEnd(before)
    if (body === '领导小组') return before.replace(/^.*(?:[0-9*×X〇○]{4}|[〇○零一二三四五六七八九]{4})年/u, '')
    if (body !== undefined) return body
  }
  return undefined
}
const endsTitle = /(?:总结|计划|要点|报告|方案|通知|清单|纪要|打算|汇报|责任书|讲话|意见|思路|分解)$/

/** 下面，我代表集团纪委报告: for whom somebody speaks; 现将机关党委工作总结如下. */
function bodyOfAddress(text: string): string | null | undefined {
  const head = text.slice(0, 1500)
  const [, words] =
    /(?:我|现)(?:受.{2,12}委托，)?(?:谨)?代表([^，。；]{2,16}?)(?=向|作|讲|就|报告|汇报|，|做)/u.exec(head) ??
    /现将([^，。；]{2,24}?)(?:20[0-9*×X]{2}年|上半年|全年|一年来的?)?(?:度|的)?[^，。；]{0,24}(?:情况|工作|总结)[^，。；]{0,16}如下/u.exec(
      head,
    ) ??
    []
  if (words === undefined) return undefined
  const body = bodyAtEnd(words)
  return body === undefined || body === null ? body : words.replace(/^(?:中共)?(?:我|本)?/, '')
}

/** 中心党总支制定本制度: who made the paper, by its own words. */
function bodyOfMaker(text: string): string | null | undefined {
  const head = text.slice(0, 1500)
  if (!/(?:制定|制订|编制)本|(?:决定|认为)，/u.test(head)) return undefined
  const [, words] =
    /(?:^|[，。；\n])([^，。；：\n]{2,16}?)(?:研究)?(?:制定|制订|编制)本(?:制度|办法|规则|规定|清单|方案|计划|细则|要点)/u.exec(
      head,
    ) ??
    /(?:^|[。\n])([一-鿿]{1,8}(?:党支部|党总支|纪委|机关党委))(?:认为|决定|研究决定)，/u.exec(head) ??
    []
  return words === undefined ? undefined : bodyAtEnd(words)
}

/** 纪委书记　沈某: in whose name somebody speaks at a meeting, by his post. */
function bodyOfPost(lines: readonly string[]): string | null | undefined {
  for (const line of lines.slice(1, 5)) {
    if (line.length > 40 || /[。：；]/.test(line)) continue
    if (/党组书记|(?<!机关)党委书记|党工委书记/.test(line)) return null
    const post =
      /(机关党委|机关纪委|纪委|纪工委|纪检监察组|工会|团委|妇联|党总支|党支部)(?:副?书记|副?主席|副?组长|副?主任)(?:[ 　]+|[^，。：]{0,4}$)/.exec(
        line,
      )
    if (post) return post[1]!.replace(/^党支部/, '支部')
  }
  return undefined
}

/** Who signs, above the line with the date or at the very end. */
function bodyOfSignature(lines: readonly string[]): string | null | undefined {
  const at = lines.findLastIndex((line) => /[年月].{0,6}日$/.test(line) && line.length < 24)
  const line = lines[at < 0 ? lines.length - 1 : at - 1] ?? ''
  return at === 0 || line.length > 40 || /[，。；：]/.test(line) ? undefined : bodyAtEnd(line)
}

/**
 * The body below the leading group whose plan, report or speech a text is: by its title, the words of address, the speaker's post or the
 * signature, whichever tells first; null where the leading group or the whole office speaks.
 */
export function speakerOf(text: string): string | null {
  const head = ownLines(text, 'head')
  const spoken = /讲话|报告/.test(head.slice(0, 2).join(''))
  const found = [
    () => bodyOfTitle(head),
    () => bodyOfAddress(text),
    () => bodyOfMaker(text),
    () => (spoken ? bodyOfPost(head) : undefined),
    () => bodyOfSignature(ownLines(text, 'foot')),
  ]
  for (const look of found) {
    const body = look()
    if (body !== undefined) return body
  }
  return lowerBody(text)
}

/** A body below the leading group that is not one of several: 我支部, 局党支部, 学校党总支; 机关党委 where it begins a sentence. */
const lowerBodies: readonly (readonly [string, RegExp, number])[] = [
  ['党总支', /(?<![各属个级层、和基])党?总支(?!书记第|分别|均|都)/gu, 3],
  ['支部', /(?<![各属个级层、和基])(?:[局校院园站所厂村我本馆]|中心|机关)?党?支部(?!书记第|委员会由|分别|均|都)/gu, 3],
  ['机关党委', /(?<=[。；\n])(?:[^，。；\n]{0,10}，)?(?:我?局)?机关党委(?!书记)/gu, 2],
]
/** What stands behind 向, or is the 党委 of an authority above a school or a station, is not whose paper it is. */
const someGroup = /(?<![向报到级工关]|[育健]局|区[^，。；]{0,6}局)(?:党组|[党xX*]委|党工委)(?!书记处)/gu
/** Where several branches or units are told what to do, none of them speaks. */
const several = /各(?:党)?支部|所属(?:各)?(?:党)?支部|(?:责任|牵头|配合)(?:单位|部门|科室|股室|处室)/

/** Whose paper it is where only a body below the leading group is spoken of: its own plans and reports name those above in passing. */
function lowerBody(text: string): string | null {
  const groups = text.match(someGroup)?.length ?? 0
  for (const [name, pattern, least] of lowerBodies) {
    const said = text.match(pattern)?.length ?? 0
    // Where no group is spoken of at all and no title names an office, less tells.
    if (said < (groups === 0 && titleOffice(text) === null ? 2 : least) || (name !== '党总支' && several.test(text)))
      continue
    if (groups * 3 <= said) return name
  }
  return null
}

const groupNames =
  /(?:[局厅委院校镇乡所站社行馆署队园厂库矿段台]|公司|集团|中心|街道|学院|医院|学校|大学|总队|支队|[一-鿿]{2,6}[会协])(?:党组|[党xX×]委|党工委)(?!书记处)/gu

/** How an office speaks of itself. */
const selfNames =
  /我(?:街道|[局厅委院校馆镇乡街所站行社园厂矿室署]|公司|集团|中心|单位|办(?![事理公学])|县(?=[一-鿿]{1,6}局))(?!党|机关党|领导班子)/gu

/**
 * Who acts where nothing says who: the leading group by what the text calls it, most often (院党委, 镇党委); where it names none, the office
 * as it speaks of itself (我局); 局党组 where nothing tells.
 */
export function bodyOf(text: string): string {
  const named = commonest(text.matchAll(groupNames))
  if (named !== null) return named
  const above = text.match(committees)
  if (above !== null && above.length > 1) return commonest(text.matchAll(committees))!
  return barely.test(text) ? '局党组' : (commonest(text.matchAll(selfNames)) ?? titleOffice(text) ?? '局党组')
}

const officeInTitle =
  /^(?:关于|中共|在)?([一-鿿*×X]{1,10}?(?:中心|公司|集团|医院|卫生院|小学|中学|学校|学院|大学|街道办|街道|镇|乡|馆|联社|残联|总工会|妇联|幼儿园|银行|农场|林场))(?=党|机关|20|[0-9*×X]{2,4}年|年度|关于|全面|工作|落实|开展|领导班子|系统|行风|廉政|作风)/u

/** The office that a title names: 北闸街道2031年工作总结. A bureau is none here: its leading group acts. */
function titleOffice(text: string): string | null {
  const title = ownLines(text, 'head')[0] ?? ''
  return title.length > widest ? null : (officeInTitle.exec(title.replace(/[ 　]/g, ''))?.[1] ?? null)
}

/** Committees that lead the Party work of many bodies. */
const committees =
  /(?:[省市县区州]直|[省市县区]级|[一-鿿]{0,4}机关)[一-鿿]{0,6}工委|[一-鿿]{2,10}指导委员会|[省市县区]委[一-鿿]{2,8}领导小组/gu

/** 党组 or 党委 without a name of its own, where it acts or meets. */
const barely = /(?:^|[，。；：\n ])(?:党组|党委|党工委)(?!书记)|党(?:组|委)(?:会议?|中心组|理论学习中心组|成员|班子)/u

function commonest(matches: Iterable<RegExpMatchArray>): string | null {
  const counts = new Map<string, number>()
  for (const [name] of matches) counts.set(name, (counts.get(name) ?? 0) + 1)
  let best: string | null = null
  for (const [name, count] of counts) if (best === null || count > counts.get(best)!) best = name
  return best
}
