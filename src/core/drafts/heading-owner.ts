import { nameEnd } from './name.ts'
import { actorAt, nameOf } from './subject.ts'
import type { Vocabulary } from './vocabulary.ts'

const post =
  '(?:[一-鿿]{0,10}(?:书记|主任|厂长|库长|矿长|段长|局长|厅长|院长|校长|处长|科长|站长|所长|镇长|乡长|县长|市长|区长|部长|组长|经理|董事长|主席|委员|成员|总监|政委|院士|馆长|台长|关长|行长|庭长|检察长|会计师|工程师|秘书长|调研员|巡视员)(?:（[^）]{1,12}）)?)'
const person = '[一-鿿*×XＸ某〇○□]{1,4}(?:同志)?'
const posted = new RegExp(
  `^(?:(?<post>${post})(?:、${post})*(?: +|：|——)${person}|${person} +(?<last>${post})(?:、${post})*|${person}（(?<in>${post})(?:、${post})*）)(?: *（[^）]{1,30}）)?$`,
  'u',
)

/** A post and nothing else: of several that a heading names one person holds all. */
const postAlone =
  /^各?[一-鿿]{0,8}(?:副?(?:书记|主任|厂长|局长|厅长|院长|校长|处长|科长|站长|所长|镇长|乡长|部长|组长|总?经理|总监|董事长|主席|园长|馆长|行长|队长)|[一-鿿]{2}委员|负责人|党[组委]成员)$/u
/** The name of a body and nothing else. */
const bodyAlone =
  /^(?:[院局厅校委镇]领导|[一-鿿]{0,6}(?:领导班子|工作队|项目部|工作专班|工作组|分公司|子公司)|[一-鿿]{2,8}(?:保障|管理|工作|技术|运营|财务|审计|人事|采购|工程|质量|安全|营销|市场|信息|法务|综合)部|[一-鿿]{0,8}(?:党委|党组|党总支|党支部|纪委|纪检监察组|办公室|委员会|工会|团委|妇联|中心|[一-鿿][科处股]|书记|主任|局长|院长|班子成员|科室|处室|各单位|各部门|各党?支部|各[一-鿿]{1,5}(?:支部|单位|部门|党组织)|[局厅院所]属[一-鿿]{0,4}党组织))$/u
/** Verbs that are parts of names. */
const duties = /(?:保障|管理|运营|采购|审计)部|负责人/gu
/** What a name is not: 宣传干部, 机关内部. */
const noBody = /(?:干部|内部|全部)$/u

/** The post that a heading names with whoever holds it: 副院长 张某某. */
function postIn(title: string): string | null {
  const groups = posted.exec(title.replace(/[　 \t]+/g, ' ').trim())?.groups
  return (groups?.['post'] ?? groups?.['last'] ?? groups?.['in'])?.replace(/（.*$/, '') ?? null
}

/** The names of which a heading is made and of nothing else: 人事处、财务处; of 党委书记、董事长 the first. */
function namesAlone(title: string, vocabulary: Vocabulary): string[] | null {
  if (vocabulary.acts.in(title.replace(duties, '')) || vocabulary.nameVerbs.at(title, 0)) return null
  const pieces = title.replace(/（[^）]{1,12}）$/u, '').split(/[、和]/u)
  if (pieces.every((piece) => postAlone.test(piece))) return pieces.slice(0, 1)
  return pieces.every((piece) => bodyAlone.test(piece) && !noBody.test(piece)) ? pieces : null
}

/** The owner that a heading gives its items (…责任, …职责), or null. */
export function headingOwner(heading: string, vocabulary: Vocabulary): string[] | null {
  const title = heading.replace(/^[0-9]{1,2}(?:[.．][0-9]{1,2})*[.． ]\s*/, '')
  const held = postIn(title)
  if (held) return [nameOf(held, vocabulary)]
  // 各支部要把党员管细: whom a heading tells what to do.
  const told = actorAt(title, 0, title.length, vocabulary)
  if (told && /^(?:要|应|必须|须|务必)/.test(title.slice(told.end))) return told.names
  const alone = namesAlone(title, vocabulary)
  if (alone) return alone.map((name) => nameOf(name, vocabulary))
  const said = /^(?:[^“]{2,26}?)(?=的?(?:第一|主体|监督|领导|工作)?(?:责任|职责|“一岗双责”))/u.exec(title)?.[0]
  const pieces = said?.split(/[、和]/) ?? []
  const names = pieces.filter((piece) => nameEnd(piece, 0, piece.length, 'acts', vocabulary) === piece.length)
  if (names.length > 0 && names.length === pieces.length) return names.map((name) => nameOf(name, vocabulary))
  const name = vocabulary.subjects.first(title)
  if (!name || name.start > 4) return null
  return vocabulary.headingDuties.in(title, name.end) ? [name.value] : null
}
