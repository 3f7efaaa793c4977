import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { admit } from './admit.ts'
import { citeKey, citesIn } from './cites.ts'
import { clausesOf, maskOf } from './clauses.ts'
import { decode } from './decode.ts'
import { plainOf } from './plain.ts'
import { ReadingRefusal } from './refusal.ts'
import { Finders, finderOf } from './words.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof ReadingRefusal && error.code === code

test('a document is decoded by mark, then as UTF-8, then as GB 18030', () => {
  const utf8 = new TextEncoder().encode('清渠')
  assert.deepEqual(decode(utf8), { text: '清渠', encoding: 'utf-8' })
  assert.deepEqual(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8])), { text: '清渠', encoding: 'utf-8' })
  assert.deepEqual(decode(new Uint8Array([0xff, 0xfe, 0x05, 0x6e])), { text: '清', encoding: 'utf-16le' })
  assert.deepEqual(decode(new Uint8Array([0xc7, 0xe5, 0xc7, 0xfe])), { text: '清渠', encoding: 'gb18030' })
})

test('empty, binary and too long files are refused by code', () => {
  assert.throws(() => decode(new Uint8Array()), refusedAs('document/empty'))
  assert.throws(() => decode(new TextEncoder().encode(' \n ')), refusedAs('document/empty'))
  assert.throws(() => decode(new TextEncoder().encode('PK\u0003\u0004rest')), refusedAs('document/binary'))
  assert.throws(() => decode(new Uint8Array(5 * 1024 * 1024 + 1)), refusedAs('document/too-long'))
})

test('traditional, pinyin-injected and secret-marked texts are refused by code', () => {
  assert.throws(
    () => admit('黨組織應當監督領導幹部，責任務必落實，強調紀律與學習。'),
    refusedAs('document/traditional'),
  )
  assert.throws(() => admit('党(dang)组(zu)要(yao)抓(zhua)好(hao)供水'), refusedAs('document/pinyin-injected'))
  assert.throws(() => admit('机密★一年\n关于泵站的报告'), refusedAs('document/secret-marked'))
  assert.doesNotThrow(() => admit('局党组要学好保密法，按规定标注密级。'))
})

test('folding keeps every offset and joins lines wrapped at one width', () => {
  assert.equal(plainOf('一,二;三:（４）％').text, '一，二；三：（4）%')
  assert.equal(plainOf('处理来信1,280件').text, '处理来信1,280件')
  const line = '各科室要把泵站的每一台水泵都检修一遍并做好记'
  const wrapped = Array.from({ length: 8 }, () => line).join('\n')
  const plain = plainOf(wrapped)
  assert.equal(plain.text, line.repeat(8))
  assert.equal(plain.at(line.length), line.length + 1)
  assert.equal(plain.endAt(line.length), line.length)
})

test('lines of one width may differ in length where digits and blanks take half a place', () => {
  const lines = [
    '各科室要把 12 座泵站的 36 台水泵都检修一遍并做好',
    '记录，水政科把 2031 年的台账整理 8 册，送交办公室',
    '备查。供水科要在汛期到来之前把库区的漂浮物清理完',
    '毕，抽检水样 1280 份，检测 15 项，把超标的 4 份报给局',
    '领导小组，由小组会同环保部门在 10 天内查明原因，并',
    '在 1 个月内治理完 3 处污染源，把结果通报给沿线的水',
    '厂。',
  ]
  assert.equal(plainOf(lines.join('\n')).text, lines.join(''))
})

test('every unit outside the clauses is blank, and clauses neither overlap nor leave the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...'水泵，。；：“”《》（）\n 要一、'.split('')), { maxLength: 80 }),
      (parts) => {
        const text = parts.join('')
        let last = 0
        for (const clause of clausesOf(text, maskOf(text), new Set())) {
          assert.equal(text.slice(last, clause.start).trim(), '')
          assert.ok(clause.start < clause.end && clause.end <= text.length)
          last = clause.end
        }
        assert.equal(text.slice(last).trim(), '')
      },
    ),
  )
})

test('a title that holds another title is one cited document', () => {
  const cites = citesIn('学习《关于印发〈用水办法〉的通知》和《水法》。')
  assert.deepEqual(
    cites.map((cite) => cite.title),
    ['关于印发〈用水办法〉的通知', '水法'],
  )
  assert.equal(citesIn('《贯彻《水法》的意见》')[0]?.title, '贯彻《水法》的意见')
})

test('titles of one document share a key whoever issued it and whatever was masked', () => {
  const lexicon = {
    cite_ignored: [
      { id: 'a', test: 't', pattern: '[暨及]' },
      { id: 'b', test: 't', pattern: '[*]+' },
      { id: 'c', test: 't', pattern: '建设|年度' },
      { id: 'd', test: 't', pattern: '^(?:中共)?.{0,12}?党组(?=20|.{4,}要点)' },
    ],
  }
  const key = citeKey('2031年节水暨护水建设工作要点', lexicon)
  assert.equal(citeKey('中共**市水务局党组2031年度节水及护水工作要点', lexicon), key)
  assert.notEqual(citeKey('2031年防汛工作要点', lexicon), key)
})

test('the longest word wins at each place', () => {
  const finder = finderOf(['学习', '学习计划', '计划'])
  assert.deepEqual(
    finder.all('学习计划和学习').map((hit) => hit.word),
    ['学习计划', '学习'],
  )
})

test('a finder finds the same in a text that all finders have seen, and in another', () => {
  const finders = new Finders()
  const words = [['学习', '学', '学习计划'], ['计划', '划'], ['和']]
  const [apart, together] = [words.map((list) => finderOf(list)), words.map((list) => finderOf(list, finders))]
  finders.see('学习计划和计')
  for (const text of ['学习计划和计', '和学', ''])
    for (const [index, finder] of together.entries()) {
      assert.deepEqual(finder.all(text), apart[index]!.all(text))
      assert.deepEqual(finder.at(text, 1), apart[index]!.at(text, 1))
      assert.equal(finder.in(text, 1, 5), apart[index]!.in(text, 1, 5))
    }
})

test('whatever words finders have, they find in a text that was seen what each finds by itself', () => {
  const word = fc.string({ unit: fc.constantFrom('学', '习', '计', '划'), minLength: 1, maxLength: 4 })
  const text = fc.string({ unit: fc.constantFrom('学', '习', '计', '划', '。'), maxLength: 60 })
  fc.assert(
    fc.property(fc.array(fc.array(word, { maxLength: 6 }), { maxLength: 4 }), text, (lists, said) => {
      const finders = new Finders()
      const together = lists.map((list) => finderOf(list, finders))
      finders.see(said)
      for (const [index, list] of lists.entries()) {
        const apart = finderOf(list)
        for (const start of [0, 3, 17]) {
          const found = apart.all(said, start, said.length - 1)
          assert.deepEqual(together[index]!.all(said, start, said.length - 1), found)
          assert.equal(together[index]!.count(said, start, said.length - 1), found.length)
          assert.deepEqual(together[index]!.first(said, start), apart.first(said, start))
        }
      }
    }),
  )
})

test('a letter at the ends of sentences is the ring of a full stop', () => {
  const text = '一是抓好检修O二是补齐“台账”O水政科每月抽查O\n三是O型圈一律更换。'
  assert.equal(plainOf(text).text, '一是抓好检修。二是补齐“台账”。水政科每月抽查。\n三是O型圈一律更换。')
  const once = '更换泵站的密封圈O一律登记O\n'
  assert.equal(plainOf(once).text, once)
})
