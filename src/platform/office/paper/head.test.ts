import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { documentNumber, headOf } from '../../../core/papers/head.ts'
import { type Paper, text } from '../../../core/papers/paper.ts'
import { loadWords } from '../../i18n/words.ts'
import { openOoxml } from '../ooxml.ts'
import { headGiven } from './head-given.ts'
import { fixedWords, sayer } from './paper-file.ts'
import { writePaper } from './write.ts'

const fixed = fixedWords(sayer(loadWords()))
const partsOf = (paper: Paper) => openOoxml(writePaper(paper, fixed), 'word')
const paper = (more: Partial<Paper>): Paper => ({
  title: '关于报送材料的通知',
  blocks: [text('正文。')],
  pageNumbers: true,
  ...more,
})
const paragraphs = (xml: string) => xml.match(/<w:p>.*?<\/w:p>|<w:p\/>/gs)!
const wordsOf = (xml: string) => xml.replace(/<[^>]*>/g, '')

describe('a document number', () => {
  test('is written as the standard has it, whatever brackets and zeros it was entered with', () => {
    for (const said of [
      '某水发〔2026〕5号',
      '某水发[2026]5号',
      '某水发（2026）第005号',
      '某水发【２０２６】 ５ 号',
      '某水发﹝2026﹞5号',
    ])
      assert.equal(documentNumber(said), '某水发〔2026〕5号', said)
  })
  test('that is none is refused, and nothing is made up', () => {
    for (const said of [
      '',
      '5号',
      '〔2026〕5号',
      '某发2026-5',
      '某发〔26〕5号',
      '某发〔2026〕0号',
      '某发〔2026〕号',
      '某发〔2026〕5号附件',
    ])
      assert.equal(documentNumber(said), null, said)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (said) => {
        const written = documentNumber(said)
        if (written !== null) assert.equal(documentNumber(written), written)
      }),
    )
    assert.equal(headOf({}, 'document'), null)
    assert.equal(headOf({ number: '某发〔2026〕5号' }, 'document'), 'mark-missing')
    assert.equal(headOf({ mark: '某局文件', number: '五号' }, 'document'), 'number-unfit')
    assert.throws(() => headGiven({ mark: '某局文件', number: '五号' }), { code: 'paper/number-unfit' })
    assert.deepEqual(headGiven({}), {})
    assert.deepEqual(headGiven({ mark: '某局', number: '某函[2026]1号', signer: '某某' }, 'letter'), {
      head: { form: 'letter', mark: '某局', number: '某函〔2026〕1号' },
    })
  })
})

describe('the head of a paper', () => {
  const headed = paper({ head: { form: 'document', mark: '某某市水务局文件', number: '某水发〔2026〕5号' } })

  test('is a red name 35 mm down, two lines, the number, a red line, two lines, the title', () => {
    const all = paragraphs(partsOf(headed).get('word/document.xml')!)
    assert.deepEqual(all.slice(0, 9).map(wordsOf), [
      '',
      '某某市水务局文件',
      '',
      '',
      '某水发〔2026〕5号',
      '',
      '',
      '关于报送材料的通知',
      '',
    ])
    assert.match(all[1]!, /<w:jc w:val="center"\/>.*方正小标宋简体.*<w:color w:val="FF0000"\/>.*<w:sz w:val="96"\/>/)
    // 35 mm are 1984 twips: the lead and what the line of the name leaves over its letters.
    const [lead, line] = [all[0]!, all[1]!].map((one) => Number(/w:line="(\d+)"/.exec(one)![1])) as [number, number]
    assert.ok(Math.abs(lead + (line - 960) / 2 - 1984) <= 1)
    assert.match(
      all[4]!,
      /<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="5" w:color="FF0000"\/><\/w:pBdr>.*w:val="center"/,
    )
  })

  test('of a paper that goes up has its number at the left and who signs it at the right, each one character in', () => {
    const up = paper({ head: { ...headed.head!, signer: '某某某' } })
    const line = paragraphs(partsOf(up).get('word/document.xml')!)[4]!
    assert.equal(wordsOf(line), '　某水发〔2026〕5号签发人：某某某')
    assert.match(line, /<w:tabs><w:tab w:val="right" w:pos="8530"\/><\/w:tabs>/)
    assert.match(line, /楷体_GB2312.*>某某某</)
    assert.ok(line.indexOf('<w:pBdr>') < line.indexOf('<w:tabs>'))
  })

  test('that is long is set smaller, so that it stays on its line', () => {
    const long = paper({ head: { form: 'document', mark: '某某自治州某某县水务和水土保持局文件' } })
    const [, name] = paragraphs(partsOf(long).get('word/document.xml')!)
    const half = Number(/<w:sz w:val="(\d+)"/.exec(name!)![1])
    assert.ok((half / 2) * 20 * 18 <= 8845 && half >= 44, String(half))
  })
})

describe('a letter', () => {
  const head = { form: 'letter', mark: '某某市水务局', number: '某水函〔2026〕3号' } as const
  const letter = paper({ head, imprint: { copiesTo: '某某局。', by: '办公室', on: '2026-03-05' } })
  const parts = partsOf(letter)
  const document = parts.get('word/document.xml')!

  test('has its name 30 mm down over a double line, another 20 mm from the foot, 170 mm wide, on the first page alone', () => {
    assert.match(
      document,
      /<w:headerReference w:type="first".*<w:footerReference w:type="first".*<w:titlePg\/><w:docGrid/,
    )
    const header = parts.get('word/header-letter-first.xml')!
    const footer = parts.get('word/footer-letter-first.xml')!
    assert.match(header, />某某市水务局<.*<w:tblW w:w="9638"/s)
    assert.match(header, /<w:top w:val="single" w:sz="18".*<w:bottom w:val="single" w:sz="6"/s)
    assert.match(footer, /<w:top w:val="single" w:sz="6".*<w:bottom w:val="single" w:sz="18"/s)
    const below = Number(/w:tblpY="(\d+)"/.exec(footer)![1])
    assert.ok(Math.abs(16838 - below - 57 - 45 - 1134) <= 1)
    assert.doesNotMatch(footer, /PAGE/)
    assert.match(parts.get('word/footer-upright-default.xml')!, /PAGE/)
    // Name: 30 mm less what its line leaves over the letters.
    const from = Number(/w:header="(\d+)"/.exec(document)![1])
    const line = Number(/w:line="(\d+)"/.exec(header)![1])
    assert.ok(Math.abs(from + (line - 960) / 2 - 1701) <= 1)
  })

  test('has its number at the right, and an imprint of copies without lines and printer', () => {
    const all = paragraphs(document)
    assert.deepEqual(all.slice(0, 4).map(wordsOf), ['某水函〔2026〕3号', '', '', '关于报送材料的通知'])
    assert.match(all[0]!, /<w:jc w:val="right"\/>/)
    const imprint = document.slice(document.lastIndexOf('<w:tbl>'))
    assert.match(wordsOf(imprint), /^抄送：某某局。$/)
    assert.doesNotMatch(imprint, /"single"/)
    const none = partsOf({ ...letter, imprint: { copiesTo: null, by: '办公室', on: '2026-03-05' } })
    assert.doesNotMatch(none.get('word/document.xml')!, /<w:tbl>/)
  })

  test('keeps its head to its first section', () => {
    const table = { as: 'table', columns: [1], head: [], rows: [{ cells: [{ text: '甲' }] }] } as const
    const many = partsOf({
      ...letter,
      attachments: [
        { title: '清单', blocks: [table], wide: true },
        { title: '说明', blocks: [text('说明。')] },
      ],
    })
    const sections = many.get('word/document.xml')!.match(/<w:sectPr>.*?<\/w:sectPr>/gs)!
    assert.deepEqual(
      sections.map((one) => one.includes('titlePg')),
      [true, false, false],
    )
  })
})

test('the number of minutes stands under their name', () => {
  const minutes = paper({
    title: null,
    masthead: { name: '局党组会议纪要', left: '局党组', right: '2026年3月5日', number: '第3期' },
  })
  const all = paragraphs(partsOf(minutes).get('word/document.xml')!)
  assert.deepEqual(all.slice(1, 3).map(wordsOf), ['局党组会议纪要', '第3期'])
})
