import { Chars } from '../text/chars.ts'
import type { Candidate } from './ranks.ts'

/** The signs that may begin at an offset inside a line. */
type SignsAt = (offset: number) => readonly Candidate[]

/** How far behind a sign the next one may be glued to its title. */
const longest = 60
const stops = new Chars('。；：！？\n')
/** What a sign begins with. */
const firsts = new Chars('第一二三四五六七八九十123456789（①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⒈⒉⒊⒋⒌⒍㈠㈡㈢㈣㈤㈥')
/** What a sign may be glued to: （一）in a reference (第（一）项, 见（一）) is none, nor is 1、 in 第1、2季度. */
const before = /[一-鿿”》）】］〕%0-9](?<![第见附件表图同之及和与至或按照]|[周初高大期拜一二三四五六七八九十]) *$/u
const behind = /^ *[一-鿿“《](?<![的项款条至到和与类级号一二三四五六七八九十])/u
/** The end of a title or of words that announce a list. */
const titled =
  /(?:总结|计划|要点|方案|报告|汇报|讲话|发言|意见|通知|情况|安排|措施|材料|思路|清单|体会|如下|打算|通报)[）”》]? *$/u

/**
 * Signs right behind the words of a title or, where line ends were lost, behind a blank: 一、抓学习（一）学原文1.每月一学,
 * 水务局工作总结一、抓供水. Those numbered one open a list, others go on with one. `found` are the signs behind marks and line ends,
 * in text order.
 */
export function gluedOf(text: string, mask: Uint8Array, found: readonly Candidate[], signsAt: SignsAt): Candidate[] {
  const glued: Candidate[] = []
  const listed = listsOf(found)
  const latest = new Map<string, number>()
  let above: Candidate | null = null
  let next = 0
  const pass = (sign: Candidate) => {
    above = sign
    latest.set(sign.family, sign.number)
    return sign.end - 1
  }
  for (let at = 0; at < text.length; at++) {
    while (next < found.length && found[next]!.start < at) next++
    if (found[next]?.start === at) {
      at = Math.max(at, pass(found[next]!))
      continue
    }
    if (stops.at(text, at)) above = null
    if (!firsts.at(text, at) || !before.test(text.slice(Math.max(0, at - 6), at)) || hidden(text, mask, at)) continue
    const sign = signsAt(at).find((one) =>
      one.number === 1 ? opens(text, one, above) && listed(one, above) : goesOn(text, one, latest.get(one.family)),
    )
    if (sign === undefined) continue
    glued.push({ ...sign, glued: true })
    at = Math.max(at, pass(sign))
  }
  return glued
}

/** Whether an offset stands in quotation marks or brackets that it does not open. */
function hidden(text: string, mask: Uint8Array, at: number): boolean {
  if (!mask[at]) return false
  const last = text.slice(Math.max(0, at - 3), at).trimEnd()
  return text.charAt(at) !== '（' || (mask[at - 1] === 1 && !/[”》）】］〕]$/.test(last))
}

function opens(text: string, sign: Candidate, above: Candidate | null): boolean {
  if (!behind.test(text.slice(sign.end, sign.end + 3))) return false
  if (above === null) return sign.rank < 4 && titled.test(text.slice(Math.max(0, sign.start - 8), sign.start))
  const length = text.slice(above.end, sign.start).trim().length
  return length >= 4 && length <= longest && sign.rank > above.rank
}

/** The next number of a list behind a blank; 二、 and （二）behind words too. */
function goesOn(text: string, sign: Candidate, latest: number | undefined): boolean {
  if (latest === undefined || sign.number !== latest + 1 || sign.rank >= 5) return false
  if (!behind.test(text.slice(sign.end, sign.end + 3))) return false
  return text.charAt(sign.start - 1) === ' ' || (sign.rank >= 2 && sign.rank < 4)
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
