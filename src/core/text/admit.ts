import { Chars } from './chars.ts'
import { ReadingRefusal } from './refusal.ts'

const maxChars = 5 * 1024 * 1024
// Frequent characters whose simplified form differs; a few may stand in names, many mean a traditional text.
const traditional = new Chars(
  '黨國會領導責務習學組織紀實際對於們來為與總書記執監發開關強調進認識質問題產業員義幫結構體鍵門應該請議決貫徹潔檢風險樣點線統籌時間處長',
)
const han = /[\u4e00-\u9fff]/g
const pinyin = /(?<=[\u4e00-\u9fff])[(（][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüê]{1,6}[)）]/g
const secret = /(?:绝密|机密|秘密)\s*[★☆]/

/** Refuses a text that the reader would misread: empty, too long, traditional, with pinyin injected, or marked secret at its head. */
export function admit(text: string): void {
  if (text.trim() === '') throw new ReadingRefusal('document/empty')
  if (text.length > maxChars) throw new ReadingRefusal('document/too-long', { chars: text.length })
  const mark = secret.exec(text.slice(0, 400))
  if (mark) throw new ReadingRefusal('document/secret-marked', { mark: mark[0] })
  const injected = text.match(pinyin)?.length ?? 0
  if (injected >= 5) throw new ReadingRefusal('document/pinyin-injected', { count: injected })
  let count = 0
  for (let at = traditional.next(text, 0, text.length); at < text.length; ) {
    count++
    at = traditional.next(text, at + 1, text.length)
  }
  if (count >= 8 && count > (text.match(han)?.length ?? 0) / 50)
    throw new ReadingRefusal('document/traditional', { count })
}
