import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { cadenceIn, deadlineIn, sameCadence } from '../src/core/drafts/cadence.ts'
import { headingOwner } from '../src/core/drafts/heading-owner.ts'
import { leadersIn } from '../src/core/drafts/leaders.ts'
import { ownersIn } from '../src/core/drafts/owners.ts'
import { recipientsIn } from '../src/core/drafts/receivers.ts'
import { speakerOf, speaksOfSelf } from '../src/core/drafts/speaker.ts'
import { shortAt } from '../src/core/drafts/subject.ts'
import { vocabularyOf } from '../src/core/drafts/vocabulary.ts'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const lexicon = loadLexicon()
const vocabulary = vocabularyOf(lexicon)
const owners = (text: string) => read(text, lexicon, null).duties.map(({ subject }) => subject.join())

test('labels on one line may be parted by a stroke', () => {
  assert.deepEqual(ownersIn('牵头：水政委员／配合：各小组', vocabulary), {
    leadUnit: '水政委员',
    supportUnits: ['各小组'],
    term: null,
  })
})

/** Ways in which offices say who has a task, with who leads, who supports and until when. */
const ways: readonly (readonly [said: string, units: string, term?: string])[] = [
  ['（责任单位：办公室　配合单位：各科室）', '办公室/各科室'],
  ['——办公室牵头，各科室配合', '办公室/各科室'],
  ['责任落实：由办公室牵头组织实施，各支部配合，11月底前完成。', '办公室/各支部', '11月底前'],
  ['（由办公室负责，各支部参加）', '办公室/各支部'],
  ['此项工作由办公室牵头负责，人事科、财务科配合。', '办公室/人事科/财务科'],
  ['以上工作由办公室负责落实，各科室按职责分工负责。', '办公室/各科室'],
  ['（办公室、人事科等按职责分工负责）', '办公室/人事科'],
  ['（办公室、人事科；6月底前）', '办公室/人事科', '6月底前'],
  ['（办公室牵头、人事科协助）', '办公室/人事科'],
  ['（办公室、人事科分别负责）', '办公室/人事科'],
  ['（责任单位：办公室牵头，人事科、财务科配合）', '办公室/人事科/财务科'],
  ['责任单位：人事科、办公室（牵头）、财务科', '办公室/人事科/财务科'],
  ['牵头科室——办公室；参与单位——各支部', '办公室/各支部'],
  ['牵头负责：办公室；协同配合：各支部', '办公室/各支部'],
  ['本项任务由办公室牵头，会同人事科、财务科于6月底前完成。', '办公室/人事科/财务科', '6月底前'],
  ['具体由办公室负责，各支部抓好落实。', '办公室/各支部'],
  ['〈责任单位：办公室｜协同单位：各支部｜完成时间：不定期〉', '办公室/各支部'],
  ['（办公室/人事科，6/30前）', '办公室/人事科', '6/30前'],
  ['（办公室；人事科；十月中旬）', '办公室/人事科', '十月中旬'],
  ['（责任处室：办公室（政策法规处）；参与处室：各站所）', '办公室（政策法规处）/各站所'],
  ['【主办：办公室】【协办：人事科、财务科】【6月20日前】', '办公室/人事科/财务科', '6月20日前'],
  ['【办公室负责；各村（社区）党组织落实；6月底前完成】', '办公室/各村（社区）党组织', '6月底前'],
  ['由办公室牵头，人事科配合。', '办公室/人事科'],
  ['——责任单位：办公室；配合：人事科', '办公室/人事科'],
  ['（责任人：生产副总）', '生产副总'],
]

test('a line or bracket behind a task says who has it in many ways', () => {
  for (const [said, units, term = null] of ways) {
    const inLine = /^[（—此以本具]/.test(said) ? '' : '\n'
    const text = `关于做好有关工作的安排\n一、健全工作台账\n1.建立闸站巡查台账。${inLine}${said}\n2.组织党员到纪念馆参观2次。\n`
    const [first, ...others] = read(text, lexicon, null).duties
    assert.deepEqual(
      [[first?.leadUnit, ...(first?.supportUnits ?? [])].join('/'), first?.deadline],
      [units, term],
      said,
    )
    for (const other of others) assert.equal(other.leadUnit, null, said)
  }
})

test('one line may divide the numbered tasks above it', () => {
  const tasks = '一、健全工作台账\n1.建立闸站巡查台账。\n2.修订物资管理办法。\n3.检查值班记录4次。\n'
  const unitsBy = (line: string) =>
    read(
      `关于做好有关工作的安排\n${tasks}${line}\n二、抓好教育\n4.组织党员到纪念馆参观2次。`,
      lexicon,
      null,
    ).duties.map(({ leadUnit, supportUnits, deadline }) =>
      [leadUnit, ...supportUnits, deadline].filter(Boolean).join('/'),
    )
  assert.deepEqual(unitsBy('责任分工：第1项由水政科负责；第2、3项由财务科牵头，各站所配合；完成时限均为10月底。'), [
    '水政科/10月底',
    '财务科/各站所/10月底',
    '财务科/各站所/10月底',
    '',
  ])
  assert.deepEqual(unitsBy('责任分工：水政科、财务科分别负责第1、2项和第3项；办公室配合做好第1项。'), [
    '水政科/办公室',
    '水政科',
    '财务科',
    '',
  ])
  assert.deepEqual(unitsBy('（第1至2项由水政科牵头）'), ['水政科', '水政科', '', ''])
  assert.deepEqual(unitsBy('责任分工：水政科、财务科（第1、2项）；办公室（第3项）。'), [
    '水政科/财务科',
    '水政科/财务科',
    '办公室',
    '',
  ])
  assert.deepEqual(unitsBy('责任分工：以上三项由水政科牵头，各站所配合。'), [
    '水政科/各站所',
    '水政科/各站所',
    '水政科/各站所',
    '',
  ])
})

test('a bracket of persons alone names no unit, and what explains is none', () => {
  assert.deepEqual(ownersIn('（丁某某、何某，8月31日前）', vocabulary), {
    leadUnit: null,
    supportUnits: [],
    term: '8月31日前',
  })
  assert.equal(ownersIn('（责任领导：丁某某）', vocabulary)?.leadUnit, null)
  assert.equal(ownersIn('（以支部为单位）', vocabulary), null)
})

test('a line right below a heading, and one for all above, give their owners to every task of the section', () => {
  const unitsOf = (text: string) =>
    read(text, lexicon, null).duties.map(({ leadUnit, supportUnits }) => [leadUnit, ...supportUnits].join('/'))
  const tasks = '1.建立闸站巡查台账。\n2.每月检查一次值班记录。\n'
  const other = '二、抓好教育\n3.组织党员到纪念馆参观2次。\n'
  const below = `任务单\n一、健全工作台账\n责任单位：水政科；配合单位：各站所\n${tasks}${other}`
  assert.deepEqual(unitsOf(below), ['水政科/各站所', '水政科/各站所', ''])
  const behind = `任务单\n一、健全工作台账（水政科牵头，各站所配合）\n${tasks}${other}`
  assert.deepEqual(unitsOf(behind), ['水政科/各站所', '水政科/各站所', ''])
  for (const line of [
    '以上任务由水政科牵头、各站所配合，5月底前完成。',
    '上述两项责任单位：水政科、各站所，5月底前完成。',
  ])
    assert.deepEqual(
      unitsOf(`任务单\n一、健全工作台账\n${tasks}${line}\n${other}`),
      ['水政科/各站所', '水政科/各站所', ''],
      line,
    )
})

test('a numbered line under which nothing stands but its owners is a task', () => {
  const text = '安排\n1、检查物资管理。（责任单位：水政科）\n2、修订值班办法。（责任单位：办公室）\n'
  assert.deepEqual(
    read(text, lexicon, null).duties.map(({ leadUnit }) => leadUnit),
    ['水政科', '办公室'],
  )
})

test('of 由甲会同乙 the former is the owner and leads', () => {
  const [duty] = read('方案\n一、抓管理\n由水政科会同财务科、各站所修订《物资管理办法》。\n', lexicon, null).duties
  assert.deepEqual([duty?.subject, duty?.leadUnit, duty?.supportUnits], [['水政科'], '水政科', ['财务科', '各站所']])
})

test('what was done already has no term, what goes on for good stands as it is', () => {
  assert.equal(ownersIn('责任科室：水政科 完成时限：已完成', vocabulary)?.term, null)
  assert.equal(ownersIn('责任科室：水政科 完成时限：已完成，长期坚持', vocabulary)?.term, '长期坚持')
  assert.equal(ownersIn('责任科室：水政科 完成时限：12月底', vocabulary)?.term, '12月底')
})

test('a bracket may say without labels who leads, who helps and until when', () => {
  assert.deepEqual(ownersIn('【水政科负责；各站所落实；6月底前完成】', vocabulary), {
    leadUnit: '水政科',
    supportUnits: ['各站所'],
    term: '6月底前',
  })
  assert.deepEqual(ownersIn('［牵头：水政科｜协同：财务科｜时限：7月15日］', vocabulary), {
    leadUnit: '水政科',
    supportUnits: ['财务科'],
    term: '7月15日',
  })
})

test('owners are named in brackets without labels, behind a dash, and with 为 for a colon', () => {
  const lead = (words: string) => ownersIn(words, vocabulary)?.leadUnit
  assert.equal(lead('（由水政科牵头，各站所配合，6月底前完成）'), '水政科')
  assert.equal(lead('——责任单位：水政科；时限：7月底'), '水政科')
  assert.equal(lead('（责任单位为水政科）'), '水政科')
  assert.equal(leadersIn('①水政科牵头、财务科配合，汛前检修闸门', vocabulary)?.leadUnit, '水政科')
})

test('a heading that is a post with its holder, or a body alone, gives the owner of what stands under it', () => {
  assert.deepEqual(headingOwner('副厂长 丁某某', vocabulary), ['副厂长'])
  assert.deepEqual(headingOwner('党委副书记、厂长　丁××', vocabulary), ['党委副书记'])
  assert.deepEqual(headingOwner('机关纪委', vocabulary), ['纪检机构'])
  assert.equal(headingOwner('年轻干部', vocabulary), null)
  assert.deepEqual(headingOwner('分管生产副厂长', vocabulary), ['分管生产副厂长'])
  assert.deepEqual(headingOwner('水政科、财务科', vocabulary), ['水政科', '财务科'])
  assert.deepEqual(headingOwner('党委书记、董事长', vocabulary), headingOwner('党委书记', vocabulary))
})

test('the title of a plan says which branch speaks', () => {
  assert.equal(speakerOf('水厂第一党支部2031年工作计划\n为做好工作'), '支部')
  assert.equal(speakerOf('水务局党组2031年工作要点'), null)
  assert.equal(speakerOf('水厂第一党支部\n2031年度工作总结\n一年来'), '支部')
})

test('a bracket that names one unit alone is read behind its task', () => {
  assert.equal(ownersIn('每月核对一次水表（水政科负责）', vocabulary)?.leadUnit, '水政科')
  assert.equal(ownersIn('（水政科负责）', vocabulary)?.leadUnit, '水政科')
})

test('numbered headings in figures name owners, conditions and posts do not', () => {
  assert.deepEqual(headingOwner('2 乙方责任', vocabulary), ['乙方'])
  assert.deepEqual(owners('水厂方案\n一、抓管理\n乙方连续发生事故的，6月底前约谈水厂负责人。\n'), ['局党组'])
  assert.deepEqual(owners('水厂方案\n一、抓管理\n印发检修方案，党委书记任组长。\n'), ['局党组'])
})

test('what an item will do next belongs to the units that it named before', () => {
  const text =
    '整改报告\n一、整改情况\n1.关于台账不全的问题\n整改情况：修订台账制度2项。（责任科室：水政科）\n下一步：12月底前抽查一遍台账。\n'
  const units = read(text, lexicon).duties.map(({ leadUnit }) => leadUnit)
  assert.deepEqual(units, ['水政科', '水政科'])
})

test('the body below the leading group that speaks is told by title, address, post or signature', () => {
  assert.equal(speakerOf('索引号：A-1　发布机构：水务局\n水务局机关党委2031年工作总结\n一年来'), '机关党委')
  assert.equal(speakerOf('水厂党总支2031年工作计划\n'), '党总支')
  assert.equal(
    speakerOf('在水务集团2031年廉政会议上的报告\n集团党委委员、纪委书记　丁某\n下面，我代表集团纪委报告工作。'),
    '集团纪委',
  )
  assert.equal(speakerOf('在水务集团2031年廉政会议上的报告\n纪委书记　丁某\n同志们：'), '纪委')
  assert.equal(speakerOf('关于做好岁末工作的通知\n各科室：\n请办理。\n水务局工会\n2031年1月5日'), '工会')
  assert.equal(speakerOf('在水务局半年会上的讲话\n局党组书记　丁某\n下面，我代表局党组讲三点。'), null)
  assert.equal(speakerOf('水务局水政科2031年工作总结\n'), '水政科')
})

test('a name ends before words of time, manner and preposition', () => {
  assert.deepEqual(owners('水厂方案\n一、抓管理\n工会入冬前为困难职工送去棉衣，走访慰问30人。\n'), ['工会'])
  assert.deepEqual(owners('水厂方案\n一、抓管理\n客户部接诉后3个工作日内反馈处理结果。\n'), ['客户部'])
  assert.deepEqual(owners('水厂方案\n一、抓管理\n机关各科室就巡察指出的问题核对一遍，6月底前报送台账。\n')[0], '各科室')
  assert.deepEqual(owners('水厂方案\n一、抓管理\n协助局党组组织中心组学习，每季度一次。\n'), ['局党组'])
})

test('a list of units behind the stop is for the whole item, its first leads', () => {
  const again = '2、培训人员。每月培训一次。（水政科、各站所）\n3、核对台账。每季度核对一次。（水政科、各站所，年内）\n'
  const text = `水务局方案\n一、抓管理\n1、检修泵站。6月底前检修泵站，汛前检查闸门。（水政科、各站所，9月底前）\n${again}`
  const units = read(text, lexicon, null).duties.map((duty) => [duty.leadUnit, ...duty.supportUnits].join())
  assert.ok(units.length > 0 && units.every((unit) => unit === '水政科,各站所'))
  assert.equal(ownersIn('走访了三个科室（水政科、财务科）', vocabulary), null)
  // Once, names in a bracket may be anything, unless a term stands beside them.
  const once = text.slice(0, -again.length)
  const unowned = ({ leadUnit }: { leadUnit: string | null }) => leadUnit === null
  assert.ok(!read(once, lexicon, null).duties.every(unowned))
  assert.ok(read(once.replace('，9月底前', ''), lexicon, null).duties.every(unowned))
})

test('a line of owners behind a bracketed label is for what is to be done, not for the shortcoming', () => {
  const text =
    '整改方案\n一、抓管理\n【问题表现】个别站所的台账记录仍然不够规范。\n【整改举措】水政科6月底前检查一遍台账。\n【责任落实】责任领导：丁某；牵头科室：水政科；配合科室：财务科；完成时限：7月底。\n'
  const { duties } = read(text, lexicon, null)
  assert.deepEqual(
    duties.map(({ mode, leadUnit }) => `${mode} ${leadUnit}`),
    ['problem null', 'do 水政科'],
  )
})

test('who falls short is named at the head of a shortcoming', () => {
  const at = (words: string) => shortAt(words, 0, words.length, vocabulary)
  assert.deepEqual(at('11个管理所有牌子没有台账'), ['管理所'])
  assert.deepEqual(at('网评员多为兼职'), ['网评员'])
  assert.equal(at('对老旧管网的隐患预判滞后'), null)
})

test('who receives is named behind a preposition, where papers go, and before a course', () => {
  const to = (words: string) => recipientsIn(words, vocabulary).join()
  assert.equal(to('厂长要找新进青年干部聊一聊'), '新进青年干部')
  assert.equal(to('检修记录交机关纪委存档'), '机关纪委')
  assert.equal(to('组织重点岗位人员旁听庭审'), '重点岗位人员')
  assert.equal(to('督促欠款单位出具还款计划'), '欠款单位')
  assert.equal(to('各厂向集团纪委报告一次水质'), '集团纪委')
  assert.equal(to('对有苗头、有反映的干部早打招呼'), '有苗头、有反映的干部')
  assert.equal(to('水政科会同财务科核对台账'), '')
})

test('who receives may be led, asked, or named behind words that begin like a preposition', () => {
  const to = (words: string) => recipientsIn(words, vocabulary).join()
  assert.equal(to('水政科面向泵站站长举办“夜校一课”'), '泵站站长')
  assert.equal(to('对巡查拖拉的干部严肃追责'), '巡查拖拉的干部')
  assert.equal(to('对受到诬告的同志及时澄清'), '受到诬告的同志')
  assert.equal(to('检修结果同步报机关纪委'), '机关纪委')
  assert.equal(to('主动向县委请示报告水价调整'), '县委')
  assert.equal(to('每月5日前将台账送牵头科室汇总'), '牵头科室')
  assert.equal(to('6月底前把泵站站长全部轮训一遍'), '泵站站长')
  assert.equal(to('新提拔干部任前一律开展廉政谈话'), '新提拔干部')
  assert.equal(to('让廉洁文化进泵房、进班组'), '')
})

test('a name ends before a verb that begins like a part of it, and what an owner is only said of names nobody', () => {
  assert.deepEqual(owners('数据中心组建抢险队。'), ['数据中心'])
  assert.deepEqual(owners('组织中心组学习水法4次。'), ['局党组'])
  assert.deepEqual(owners('处级以上干部如实报告家庭情况。'), ['领导干部'])
  assert.deepEqual(owners('牵头科室要列出检修清单。'), ['牵头科室'])
  assert.deepEqual(owners('各库党组织书记要履行第一责任人职责。'), ['各库党组织书记'])
  assert.deepEqual(owners('每月晒出各窗口差评3次。'), ['局党组'])
  assert.equal(headingOwner('建强基层党支部', vocabulary), null)
})

test('a speech at a meeting is no report on oneself, and a post in the organ committee speaks for it', () => {
  assert.equal(speaksOfSelf('在全局大会上的讲话\n\n刚才，支部书记作了述责发言。我讲三点。我很高兴。我赞成。'), false)
  assert.equal(
    speakerOf('在机关党建推进会上的讲话\n党组副书记、机关党委书记　丁某\n\n同志们：\n今年要抓好三件事。\n'),
    '机关党委',
  )
})

test('terms and rhythms stand before any verb, and limits of what is done are none', () => {
  const term = (words: string) => deadlineIn(words, vocabulary, true)
  assert.equal(term('二季度上线水费系统'), '二季度')
  assert.equal(term('冬至前为职工送去棉衣'), '冬至前')
  assert.equal(term('对年内到期的制度提出意见'), null)
  assert.equal(term('检测时间压缩到15个工作日以内'), null)
  assert.equal(term('上、下半年各研判一次水情'), null)
  assert.equal(cadenceIn('每半个月通报一次水位', vocabulary)?.text, '每半个月')
  assert.equal(cadenceIn('对同一水厂检查一年不超过2次', vocabulary)?.rule.min, null)
  assert.ok(sameCadence('遇有重大险情随时', '随时', vocabulary))
})

test('a term that stands alone before an act is one duty with it', () => {
  const text = readFileSync(join(import.meta.dirname, '../catalogue/demo/documents/2026-work-points.txt'), 'utf8')
  const signed = read(text, lexicon).duties.filter((duty) => duty.text.includes('签订责任书'))
  assert.deepEqual(
    signed.map((duty) => [duty.text.slice(0, 6), duty.deadline]),
    [['3月20日前', '3月20日前']],
  )
})

test('what an act rests on, and who has it, belong to it', () => {
  const text =
    '水务局工作要点\n一、抓管理\n水政科每季度开展一次回头看。按照《水闸管理办法》要求，工程科八月底前完成闸门普查。建管科牵头，水资源科配合，九月底前对在建泵站开展一次风险排查。\n'
  const { duties } = read(text, lexicon)
  assert.deepEqual(
    duties.map(({ cites, leadUnit, supportUnits }) => [cites, leadUnit, supportUnits]),
    [
      [[], null, []],
      [['水闸管理办法'], null, []],
      [[], '建管科', ['水资源科']],
    ],
  )
})
