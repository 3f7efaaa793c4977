import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Block, heading, type Paper, type Table, text } from '../../../core/papers/paper.ts'
import { loadWords } from '../../i18n/words.ts'
import { readDocx } from '../docx.ts'
import { openOoxml } from '../ooxml.ts'
import { walkXml } from '../xml.ts'
import { marker, titleLines } from './body.ts'
import { charactersOf } from './closing.ts'
import { fixedWords, paperFile, sayer } from './paper-file.ts'
import { widthsOf } from './table.ts'
import { writePaper } from './write.ts'

const fixed = fixedWords(sayer(loadWords()))

const list: Table = {
  as: 'table',
  columns: [1, 4, 2],
  head: [{ cells: [{ text: '序号' }, { text: '事项' }, { text: '单位' }] }],
  rows: [
    { cells: [{ text: '1' }, { text: '学习\n两次' }, { text: '甲科' }] },
    { cells: [{ text: '合计', span: 2 }, { text: '一项' }], lines: 3, breaks: true },
  ],
}

const whole: Paper = {
  title: '关于报送材料的\n通知',
  under: ['（2025年2月1日）'],
  addressee: '各科室',
  blocks: [heading(1, '总的要求'), heading(2, '时间'), text('三月底前。'), heading(2, '方式'), text('纸质。')],
  attachments: [
    { title: '报送表', blocks: [text('样式如下。')] },
    { title: '责任清单', blocks: [list], wide: true },
  ],
  signature: { by: '云溪市林业和草原局', on: '2025-02-01', sealed: true },
  remark: '联系人：某某',
  imprint: { copiesTo: '机关各支部。', by: '局办公室', on: '2025-02-03' },
  stamp: '草稿',
  pageNumbers: true,
}

const partsOf = (paper: Paper) => openOoxml(writePaper(paper, fixed), 'word')
const documentOf = (paper: Paper) => partsOf(paper).get('word/document.xml')!
const plain = (blocks: readonly Block[], more: Partial<Paper> = {}): Paper => ({
  title: '标题',
  blocks,
  pageNumbers: true,
  ...more,
})

/** The paragraph that holds some words, as XML. */
function paragraphWith(xml: string, words: string): string {
  return xml.match(/<w:p>.*?<\/w:p>/gs)!.find((one) => one.includes(words))!
}

describe('the file of a paper', () => {
  test('holds the parts that its types and relationships name, each of them well-formed', () => {
    const parts = partsOf(whole)
    for (const [name, xml] of parts) {
      const open: string[] = []
      walkXml(xml, {
        open: (tag) => void open.push(tag),
        close: (tag) => assert.equal(open.pop(), tag, name),
        text: () => {},
      })
      assert.deepEqual(open, [], name)
      assert.doesNotMatch(xml.replace(/<[^>]*>/g, ''), /[<>]|&(?!(amp|lt|gt|quot|apos);)/, name)
    }
    const named = [...parts.get('[Content_Types].xml')!.matchAll(/PartName="\/([^"]+)"/g)].map((hit) => hit[1]!)
    const related = [...parts.get('word/_rels/document.xml.rels')!.matchAll(/Target="([^"]+)"/g)].map(
      (hit) => `word/${hit[1]}`,
    )
    for (const name of [...named, ...related]) assert.ok(parts.has(name), name)
    const left = [...parts.keys()].filter((name) => !/\.rels$|Content_Types/.test(name) && !named.includes(name))
    assert.deepEqual(left, [])
    const ids = [...parts.get('word/document.xml')!.matchAll(/r:id="([^"]+)"/g)].map((hit) => hit[1]!)
    for (const id of ids) assert.ok(parts.get('word/_rels/document.xml.rels')!.includes(`Id="${id}"`), id)
  })

  test('points nowhere outside, and carries no face and no macro', () => {
    const parts = partsOf(whole)
    const all = [...parts.values()].join('')
    assert.doesNotMatch(all, /TargetMode|embedRegular|vbaProject|http:\/\/(?!schemas\.|purl\.org)/)
    const fonts = parts.get('word/fontTable.xml')!
    const names = [...fonts.matchAll(/<w:font w:name="([^"]+)"/g)].map((hit) => hit[1]!)
    assert.deepEqual(names, ['仿宋_GB2312', '黑体', '楷体_GB2312', '方正小标宋简体', '宋体'])
    const used = new Set([...all.matchAll(/w:eastAsia="([^"]+)"/g)].map((hit) => hit[1]!))
    used.delete('zh-CN')
    assert.deepEqual(
      [...used].filter((name) => !names.includes(name)),
      [],
    )
  })

  test('is the same, byte for byte, when it is written again', () => {
    assert.deepEqual(writePaper(whole, fixed), writePaper(whole, fixed))
    assert.match(paperFile(loadWords(), whole, 'a/b:c').fileName, /^abc\.docx$/)
  })

  test('holds whatever words it is given, and reads back as them', () => {
    const words = fc.string({ unit: 'binary', maxLength: 30 })
    fc.assert(
      fc.property(words, (said) => {
        const kept = said.replace(/[^\t -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
        const [block] = [text(said.replace(/[\r\n]/g, ''))]
        const read = readDocx(writePaper(plain([block!]), fixed)).text
        for (const word of kept.split(/\s+/)) assert.ok(read.includes(word), JSON.stringify(said))
      }),
      { numRuns: 60 },
    )
  })
})

describe('the page', () => {
  test('is A4 with 37, 35, 28 and 26 mm, and a grid of 22 lines', () => {
    const document = documentOf(plain([text('文')]))
    assert.match(document, /<w:pgSz w:w="11906" w:h="16838"\/>/)
    assert.match(document, /<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/)
    assert.match(document, /<w:docGrid w:type="lines" w:linePitch="579"\/>/)
    // 225 mm hold 22 lines and no more; 156 mm hold 28 characters and no more.
    assert.equal(Math.floor((16838 - 2098 - 1984) / 579), 22)
    assert.equal(Math.floor((11906 - 1587 - 1474) / (320 - 5)), 28)
    const styles = partsOf(whole).get('word/styles.xml')!
    assert.match(
      styles,
      /w:styleId="Normal".*?w:line="579" w:lineRule="exact".*?<w:spacing w:val="-5"\/><w:sz w:val="32"\/>/s,
    )
    assert.match(
      styles,
      /<w:widowControl w:val="0"\/><w:overflowPunct w:val="0"\/><w:autoSpaceDE w:val="0"\/><w:autoSpaceDN w:val="0"\/>/,
    )
  })

  test('names the faces of the standard: title, levels, body', () => {
    const styles = partsOf(whole).get('word/styles.xml')!
    const faceOf = (id: string) =>
      new RegExp(`w:styleId="${id}".*?w:eastAsia="([^"]+)".*?</w:style>`, 's').exec(styles)?.[1]
    assert.deepEqual(['Title', 'Heading1', 'Heading2', 'Heading3', 'Heading4', 'Normal'].map(faceOf), [
      '方正小标宋简体',
      '黑体',
      '楷体_GB2312',
      '仿宋_GB2312',
      '仿宋_GB2312',
      '仿宋_GB2312',
    ])
    assert.match(styles, /w:styleId="Title".*?<w:sz w:val="44"\/>/s)
    assert.match(styles, /w:styleId="BodyText".*?<w:ind w:firstLine="630"\/><w:jc w:val="both"\/>/s)
  })

  test('numbers odd pages at the right and even ones at the left, in size 4, between dashes', () => {
    const parts = partsOf(whole)
    assert.match(parts.get('word/settings.xml')!, /<w:evenAndOddHeaders\/>/)
    const [odd, even] = ['default', 'even'].map((side) => parts.get(`word/footer-upright-${side}.xml`)!)
    assert.match(odd!, /<w:ind w:right="280"\/><w:jc w:val="right"\/>/)
    assert.match(even!, /<w:ind w:left="280"\/><w:jc w:val="left"\/>/)
    for (const footer of [odd!, even!]) {
      assert.match(footer, /— .* PAGE .* —/s)
      assert.match(footer, /w:eastAsia="宋体".*?<w:sz w:val="28"\/>/s)
    }
    assert.match(documentOf(whole), /<w:footerReference w:type="default" [^>]*\/><w:footerReference w:type="even"/)
    const without = partsOf(plain([text('文')], { pageNumbers: false }))
    assert.doesNotMatch(without.get('word/footer-upright-default.xml')!, /PAGE/)
  })

  test('bears a stamp on every page, odd and even', () => {
    const parts = partsOf(whole)
    for (const side of ['default', 'even'])
      for (const lying of ['upright', 'across']) assert.match(parts.get(`word/header-${lying}-${side}.xml`)!, />草稿</)
    assert.deepEqual(
      [...partsOf(plain([])).keys()].filter((name) => name.includes('header')),
      [],
    )
  })

  test('lies across for a wide table, its head at the binding and its number where the other pages have it', () => {
    const parts = partsOf(whole)
    const document = parts.get('word/document.xml')!
    assert.match(document, /<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/)
    assert.match(document, /<w:pgMar w:top="1587" w:right="2098" w:bottom="1474" w:left="1984"/)
    assert.match(parts.get('word/header-across-default.xml')!, /tbRl.*?w:jc w:val="right".*?PAGE/s)
    assert.match(parts.get('word/header-across-even.xml')!, /tbRl.*?w:jc w:val="left".*?PAGE/s)
    assert.doesNotMatch(parts.get('word/footer-across-default.xml')!, /PAGE/)
  })
})

describe('the words', () => {
  test('stand in the order of the standard and read back', () => {
    assert.deepEqual(
      readDocx(writePaper(whole, fixed)).paragraphs.filter((line) => line.trim() !== ''),
      [
        '关于报送材料的',
        '通知',
        '（2025年2月1日）',
        '各科室：',
        '一、总的要求',
        '（一）时间',
        '三月底前。',
        '（二）方式',
        '纸质。',
        '附件：1. 报送表',
        '2. 责任清单',
        '云溪市林业和草原局',
        '2025年2月1日',
        '（联系人：某某）',
        '附件1',
        '报送表',
        '样式如下。',
        '附件2',
        '责任清单',
        '序号\t事项\t单位',
        '1\t学习 两次\t甲科',
        '合计\t\t一项',
        '抄送：机关各支部。\t',
        '局办公室\t2025年2月3日印发',
      ],
    )
  })

  test('a long title is broken between words into lines of about one length; one that somebody broke stays', () => {
    assert.deepEqual(titleLines('关于开展检查的通知'), ['关于开展检查的通知'])
    assert.deepEqual(titleLines('关于开展\n检查的通知'), ['关于开展', '检查的通知'])
    const lines = titleLines('云溪市林业和草原局党组2026年全面从严治党工作要点')
    assert.equal(lines.length, 2)
    for (const line of lines) assert.ok(charactersOf(line) <= 20 && charactersOf(line) >= 8, line)
    for (const line of lines) assert.doesNotMatch(line, /^[）》”、，。年]|[\d《（“]$/)
    assert.equal(titleLines('').length, 0)
  })

  test('a heading begins the count of the levels below it', () => {
    const blocks = [1, 2, 2, 3, 4, 1, 2, 3].map((level) => heading(level as 1, 'x'))
    const read = readDocx(writePaper(plain(blocks), fixed)).paragraphs.filter((line) => line.endsWith('x'))
    assert.deepEqual(read, ['一、x', '（一）x', '（二）x', '1. x', '（1）x', '二、x', '（一）x', '1. x'])
    assert.equal(marker(1, 21), '二十一、')
  })

  test('signature and day stay on the page of the last paragraph, whatever it is', () => {
    const ends: Block[] = [text('末段'), heading(1, '末段'), { as: 'line', align: 'left', runs: [{ text: '末段' }] }]
    for (const end of ends) {
      const document = documentOf(plain([text('首段'), end], { signature: whole.signature! }))
      const last = paragraphWith(document, '末段')
      assert.match(last, /<w:keepNext\/>.*<w:widowControl\/>/)
      assert.doesNotMatch(paragraphWith(document, '首段'), /keepNext/)
      const between = document.slice(document.indexOf('末段'), document.indexOf('云溪市'))
      const apart = between.match(/<w:p>/g)!.length
      assert.equal(between.match(/<w:keepNext\/>/g)!.length, apart)
    }
    const document = documentOf(plain([list], { signature: whole.signature! }))
    assert.match(document.slice(document.indexOf('合计') - 400, document.indexOf('合计')), /keepNext/)
  })

  test('without a seal the name stands two characters in and the day two right of its beginning', () => {
    const placed = (by: string, sealed: boolean) => {
      const document = documentOf(plain([text('文')], { signature: { by, on: '2025-02-01', sealed } }))
      return [by, '2025年2月1日'].map(
        (words) => Number(/w:right="(\d+)"/.exec(paragraphWith(document, words))?.[1]) / 315,
      )
    }
    assert.equal(charactersOf('2025年2月1日'), 6)
    assert.deepEqual(placed('云溪市林业和草原局', false), [2, 3])
    assert.deepEqual(placed('林草局', false), [7, 2])
    assert.deepEqual(placed('云溪市林业和草原局', true).map(Math.round), [3, 4])
    // A name so long that it would leave the page ends at the edge, with the day under its middle.
    assert.deepEqual(placed('云溪市林业和草原局机关党委办公室联合', true), [0, 6])
  })

  test('the imprint hangs at the lower edge of the last page, thick lines outside and a thin one between', () => {
    const document = documentOf(whole)
    const imprint = document.slice(document.lastIndexOf('<w:tbl>'))
    assert.match(imprint, /w:vertAnchor="margin"[^>]*w:tblpYSpec="bottom"/)
    assert.match(
      imprint,
      /<w:top w:val="single" w:sz="8".*<w:bottom w:val="single" w:sz="8".*<w:insideH w:val="single" w:sz="6"/,
    )
    assert.match(imprint, /<w:gridCol.*抄送：机关各支部。.*局办公室.*2025年2月3日印发/s)
    assert.equal(
      documentOf({ ...whole, imprint: { copiesTo: null, by: '办', on: '2025-02-03' } }).includes('抄送'),
      false,
    )
  })

  test('minutes bear their name in red over a red line', () => {
    const paper = plain([text('文')], {
      title: null,
      masthead: { name: '局党组会议纪要', left: '局党组', right: '2025年2月1日' },
    })
    const document = documentOf(paper)
    assert.match(paragraphWith(document, '局党组会议纪要'), /方正小标宋简体.*FF0000/)
    assert.match(paragraphWith(document, '2025年2月1日'), /<w:pBdr><w:bottom w:val="single" w:sz="12"/)
  })
})

describe('tables', () => {
  test('carry their grid; the head stands again on every page, and no row is split that need not be', () => {
    const document = documentOf(plain([list]))
    const table = /<w:tbl>.*<\/w:tbl>/s.exec(document)![0]
    const columns = [...table.matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map((hit) => Number(hit[1]))
    assert.equal(columns.length, 3)
    assert.equal(
      columns.reduce((sum, one) => sum + one, 0),
      8845,
    )
    const rows = table.match(/<w:tr>.*?<\/w:tr>/gs)!
    assert.deepEqual(
      rows.map((row) => row.includes('<w:tblHeader/>')),
      [true, false, false],
    )
    assert.deepEqual(
      rows.map((row) => row.includes('<w:cantSplit/>')),
      [true, true, false],
    )
    assert.match(rows[2]!, /<w:trHeight w:val="1737" w:hRule="atLeast"\/>.*<w:gridSpan w:val="2"\/>/)
    for (const row of rows) {
      const widths = [...row.matchAll(/<w:tcW w:w="(\d+)"/g)].reduce((sum, hit) => sum + Number(hit[1]), 0)
      assert.equal(widths, 8845)
    }
    assert.match(table, /<w:tblLayout w:type="fixed"\/>/)
  })

  test('every table of a paper has a grid, the imprint and the turned number as well', () => {
    for (const [name, xml] of partsOf(whole)) {
      const tables = xml.match(/<w:tbl>/g)?.length ?? 0
      assert.equal(xml.match(/<w:tblGrid>/g)?.length ?? 0, tables, name)
    }
  })

  test('shares of a width add up to it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }), (shares) => {
        assert.equal(
          widthsOf(shares, 8845).reduce((sum, one) => sum + one, 0),
          8845,
        )
      }),
    )
  })
})
