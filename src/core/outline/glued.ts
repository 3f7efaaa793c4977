import { Chars } from '../text/chars.ts'
import type { Candidate } from './ranks.ts'

/** The signs that may begin at an offset inside a line. */
type SignsAt = (offset: number) => readonly Candidate[]

/** How far behind a sign the next one may be glued to its title. */
const longest = 60
const stops = new Chars('。；：！？\n')
/** What a sign numbered one begins with. */
const firsts = new Chars('一1（①⑴⒈㈠')
/** What a sign may be glued to: （一）in a reference (第（一）项, 见（一）) is none, nor is 1、 in 第1、2季度. */
const before = /[一-鿿”》）%](?<![第见附件表图同之及和与至或按照]) *$/u
const behind = /^ *[一-鿿“《](?<![的项款条至到和与类级号])/u
/** The end of a title or of words that announce a list. */
const titled =
  /(?:总结|计划|要点|方案|报告|汇报|讲话|发言|意见|通知|情况|安排|措施|材料|思路|清单|体会|如下|打算|通报)[）”》]? *$/u

/**
 * Signs numbered one that stand right behind the words of a title, without a mark between: 一、抓学习（一）学原文1.每月一学,
 * 水务局工作总结一、抓供水. `found` are the signs behind marks and line ends, in text order.
 */
export function gluedOf(text: string, found: readonly Candidate[], signsAt: SignsAt): Candidate[] {
  const glued: Candidate[] = []
  const listed = listsOf(found)
  let above: Candidate | null = null
  let next = 0
  for (let at = 0; at < text.length; at++) {
    while (next < found.length && found[next]!.start < at) next++
    if (found[next]?.start === at) {
      above = found[next]!
      at = Math.max(at, above.end - 1)
      continue
    }
    if (stops.at(text, at)) above = null
    if (!firsts.at(text, at) || !before.test(text.slice(Math.max(0, at - 6), at))) continue
    const sign = signsAt(at).find((one) => mayStand(text, one, above))
    if (sign === undefined || !listed(sign, above)) continue
    glued.push({ ...sign, glued: true })
    above = sign
    at = Math.max(at, sign.end - 1)
  }
  return glued
}

function mayStand(text: string, sign: Candidate, above: Candidate | null): boolean {
  if (sign.number !== 1 || !behind.test(text.slice(sign.end, sign.end + 3))) return false
  if (above === null) return sign.rank < 4 && titled.test(text.slice(Math.max(0, sign.start - 8), sign.start))
  const length = text.slice(above.end, sign.start).trim().length
  return length >= 4 && length <= longest && sign.rank > above.rank
}

/**
 * A list below no other sign, or of spoken numbers, goes on; one below a title may have lost its end with that of the text. Asked for
 * places further and further down.
 */
function listsOf(found: readonly Candidate[]): (sign: Candidate, above: Candidate | null) => boolean {
  const families = Map.groupBy(found, ({ family }) => family)
  const passed = new Map<string, number>()
  return (sign, above) => {
    if (above !== null && sign.rank < 7) return true
    const own = families.get(sign.family) ?? []
    let at = passed.get(sign.family) ?? 0
    while (at < own.length && own[at]!.start < sign.start) at++
    passed.set(sign.family, at)
    const next = own[at]
    return next === undefined ? above === null : next.number === 2
  }
}
