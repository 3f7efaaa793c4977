import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { cadenceIn, deadlineIn, sameCadence } from '../src/core/drafts/cadence.ts'
import { bodyOf, speakerOf } from '../src/core/drafts/speaker.ts'
import { vocabularyOf } from '../src/core/drafts/vocabulary.ts'
import { read } from '../src/core/reading/reading.ts'
import { total } from '../src/core/reading/scoring.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'
import { scoreFile, summary } from '../src/platform/cli/eval.ts'

/** What texts of the web taught: loose sentences without signs of time, bodies that nobody names, terms and rhythms in other words. */
const lexicon = loadLexicon()
const vocabulary = vocabularyOf(lexicon)
const duties = (text: string) => read(text, lexicon).duties

test('documents built like texts of the web are read as they teach', () => {
  const folder = join(import.meta.dirname, '../catalogue/gold/web')
  const files = readdirSync(folder).filter((file) => file.endsWith('.gold.txt'))
  const found = summary(total(files.map((file) => scoreFile(join(folder, file), lexicon))), files.length)
  assert.ok((found.outline?.f1 ?? 0) >= 91, `outline ${found.outline?.f1}`)
  assert.ok((found.span?.f1 ?? 0) >= 95, `span ${found.span?.f1}`)
  assert.ok((found.kind ?? 0) >= 97, `kind ${found.kind}`)
  assert.ok((found.mode ?? 0) >= 98, `mode ${found.mode}`)
})

test('who acts where nothing says who is the body as the text calls it', () => {
  assert.equal(bodyOf('院党委定期研究。各科室落实，院党委听取汇报。'), '院党委')
  assert.equal(bodyOf('我站认真巡查泵站，我站修订制度2项。'), '我站')
  assert.equal(bodyOf('党组每季度研究一次，我局抓好落实。'), '局党组')
  assert.equal(bodyOf('抓好春灌。'), '局党组')
  assert.equal(speakerOf('水校2031年工作计划\n支部要抓好学习。支部每月开会一次，支部书记上党课。\n'), '支部')
  assert.equal(speakerOf('2031年市河长制工作领导小组工作要点\n一、巡河\n'), '市河长制工作领导小组')
  assert.equal(speakerOf('县委书记在水利工作会上的讲话\n同志们：\n'), '县委')
})

test('whoever falls short without a name owes nothing by name', () => {
  const [some, named] = ['个别泵站值守不到位。', '东闸管理所未按时报送水情。'].map(
    (words) => duties(`市水务局工作总结\n二、存在问题\n一是${words}\n`)[0]!,
  )
  assert.deepEqual([some!.mode, some!.subject, some!.subjectSource], ['problem', ['局党组'], 'default'])
  assert.deepEqual(named!.subject, ['东闸管理所'])
})

test('a heading over achievements and shortcomings makes no shortcoming of what was done', () => {
  const text =
    '在全市水利工作会议上的讲话\n一、肯定成绩、正视问题，增强紧迫感\n过去一年，严格执行水价条例，扎实开展泵站排查，组建专班开展夜查12次。\n'
  assert.ok(duties(text).every(({ mode }) => mode === 'done'))
})

test('what is told at an exchange of experience was done', () => {
  const text =
    '在河长制工作经验交流会上的发言\n近年来，市水务局全力打造样板河段，分段设置宣传栏，统一巡河标识，将巡河要求上墙。\n'
  assert.ok(duties(text).every(({ mode }) => mode === 'done'))
})

test('terms between two days, at parts of the school year and before something begins', () => {
  const term = (words: string) => deadlineIn(words, vocabulary, true)
  assert.equal(term('9月1日至9月30日，各泵站自查'), '9月1日至9月30日')
  assert.equal(term('年终对库容进行评定'), '年终')
  assert.equal(term('到年底节水器具普及'), '到年底')
  assert.equal(term('招标启动前，开一次会'), '招标启动前')
})

test('a number of months is a rhythm, and an amount of hours says nothing of how often', () => {
  assert.equal(cadenceIn('支部大会3个月召开1次', vocabulary)?.text, '每3个月')
  assert.ok(sameCadence('3个月1次', '每3个月', vocabulary))
  assert.ok(sameCadence('每年不少于30天', '每年', vocabulary))
  assert.equal(cadenceIn('每年下基层不少于30天', vocabulary)?.rule.min, 1)
  assert.equal(cadenceIn('健全闸门定期轮修制度', vocabulary), null)
  assert.equal(cadenceIn('推动学习教育常态化长效化', vocabulary), null)
  assert.equal(cadenceIn('把巡库情况纳入年度综合考核', vocabulary)?.text, '年度')
  assert.equal(cadenceIn('开好年度民主生活会', vocabulary)?.text, '年度')
  assert.equal(cadenceIn('完成2031年度维修', vocabulary), null)
  assert.equal(read('支部工作方案\n一、组织生活\n支部大会3个月召开1次。\n', lexicon).slots.at(-1)?.role, 'threshold')
})

test('a term line may name a day and what lasts', () => {
  const text =
    '水务局整改方案\n一、学习不深\n1.抓学习。制定学习计划。水政科每月开展一次巡河。\n责任科室：党建办\n完成时限：6月底前完成整改，并长期坚持\n'
  const [plan, study] = duties(text)
  assert.deepEqual([study!.cadence, study!.deadline], ['每月', '6月底前'])
  assert.equal(plan!.deadline, '6月底前')
})

test('tasks of a list, meetings about what was told and theme days are counted', () => {
  const bound = (words: string) => read(`水务局2031年工作总结\n${words}\n`, lexicon).slots.map(({ metric }) => metric)
  assert.deepEqual(bound('印发任务分解表，细化任务42项。'), ['duties.total'])
  assert.deepEqual(bound('巡察整改期间，先后召开党组会议4次。'), ['leading-group.topic-studies'])
  assert.deepEqual(bound('创新开展主题党员日活动20次。'), ['branch.theme-days'])
  assert.deepEqual(bound('下面我讲4点意见，要1件1件抓。'), [])
})

test('what a page prints around a text is background and counted', () => {
  const text =
    '来源：本网 | 发布时间：2031-05-06 | 36次浏览\n水务局工作要点\n一、抓巡查\n水政科每月巡查一次泵站。\n返回顶部\n'
  const { clauses, coverage, duties: found } = read(text, lexicon)
  const around = clauses.filter(({ start, end }) => /来源|返回/.test(text.slice(start, end)))
  assert.deepEqual(
    around.map(({ start, end, state }) => [text.slice(start, end), state]),
    [
      ['来源：本网 | 发布时间：2031-05-06 | 36次浏览', 'background'],
      ['返回顶部', 'background'],
    ],
  )
  assert.equal(coverage.clauses, clauses.length)
  assert.equal(clauses.filter(({ state }) => state === 'background').length, coverage.background)
  assert.deepEqual(
    found.map(({ text: words }) => words),
    ['水政科每月巡查一次泵站'],
  )
})

test('sections whose tasks are numbered on through the paper keep their headings', () => {
  const text =
    '水务中心整治方案\n一、目标\n1.水费收缴率达到98%。\n2.投诉办结率达到95%以上。\n二、步骤\n（一）动员阶段（3月）。召开动员会。\n（二）自查阶段（4月）。各科室自查。\n三、任务\n（一）规范招标\n1.修订专家抽取办法。\n2.排查围标串标。\n（二）强化队伍\n3.组织廉政培训2期。\n4.签订承诺书。\n以上任务由办公室汇总，12月10日前报局党组。\n四、要求\n（一）加强领导。成立专班。\n（二）压实责任。各科室每月报送进展。\n'
  assert.deepEqual(
    read(text, lexicon).outline.map(({ level, marker, title }) => `${level} ${marker}${title}`),
    [
      '1 一、目标',
      '1 二、步骤',
      '2 （一）动员阶段（3月）',
      '2 （二）自查阶段（4月）',
      '1 三、任务',
      '2 （一）规范招标',
      '2 （二）强化队伍',
      '1 四、要求',
      '2 （一）加强领导',
      '2 （二）压实责任',
    ],
  )
})

test('who has a task may be said behind it, with months for a term', () => {
  const text =
    '水务局工作要点\n一、建强支部\n评选示范支部5个，由党建科牵头、工会和团委配合，9月底前完成。\n二、守好阵地\n1.研判舆情。每半年分析研判一次。（宣传科、各支部，6月、12月）\n'
  assert.deepEqual(
    duties(text).map(({ leadUnit, supportUnits, deadline }) => [leadUnit, supportUnits.join(), deadline]),
    [
      ['党建科', '工会,团委', '9月底前'],
      ['宣传科', '各支部', '6月、12月'],
    ],
  )
})
