import type { StateName } from '../ui/states.ts'
import type { Pair } from './say.ts'

/** When a sample is due: days left, a day, days waited, or words. */
export type SampleDue = { left: string } | { day: string } | { waited: string } | Pair

/** One invented row of the workbench. */
export type SampleRow = { state: StateName; title: Pair; note: Pair; due: SampleDue; verb: Pair }

const row = (state: StateName, title: Pair, note: Pair, due: SampleDue, verb: Pair): SampleRow => ({
  state,
  title,
  note,
  due,
  verb,
})

/** The three lists of a clerk. */
export const sampleLists: { title: Pair; rows: SampleRow[] }[] = [
  {
    title: ['近期到期', 'Due soon'],
    rows: [
      row(
        'soon',
        ['端午节前廉政提醒', 'Integrity reminder before Dragon Boat Festival'],
        ['草稿已备好，发送 4 个群组', 'Draft ready, 4 groups'],
        { left: '2026-06-18' },
        ['核对发送', 'Check and send'],
      ),
      row(
        'soon',
        ['巡察整改进展报告（五月）', 'Inspection rectification report (May)'],
        ['取数 9 处，已齐', '9 figures, all bound'],
        { left: '2026-06-20' },
        ['打开报告', 'Open report'],
      ),
      row(
        'planned',
        ['党组专题研究全面从严治党（上半年）', 'Party group: half-year study of self-governance'],
        ['已列入6月23日党组会议第3项', 'Item 3, meeting of 23 June'],
        { day: '2026-06-30' },
        ['看议题', 'See item'],
      ),
      row(
        'planned',
        ['中心组二季度集体学习研讨', 'Central group study, second quarter'],
        ['已计划6月24日', 'Planned for 24 June'],
        { day: '2026-06-30' },
        ['看计划', 'See plan'],
      ),
    ],
  },
  {
    title: ['等您处理', 'Waiting for you'],
    rows: [
      row(
        'awaiting',
        ['第23项 供水应急预案修订并演练', 'No. 23 Supply emergency plan and drill'],
        ['供排水科6月12日再次送审', 'Water Supply Section, resubmitted 12 June'],
        { waited: '2026-06-12' },
        ['验收', 'Accept'],
      ),
      row(
        'progress',
        ['核对导入文件：年中推进会讲话', 'Review import: mid-year speech'],
        ['54 条草稿，余 23 条未核对', '54 drafts, 23 not yet reviewed'],
        { waited: '2026-06-15' },
        ['继续核对', 'Continue'],
      ),
      row(
        'awaiting',
        ['第41项 申请延期至7月31日', 'No. 41 Extension to 31 July requested'],
        ['建设管理科：汛期停工 22 天', 'Works Section: flood season stoppage'],
        { waited: '2026-06-14' },
        ['呈批', 'Forward'],
      ),
      row(
        'returned',
        ['第58项 信息中心不领责，说明理由', 'No. 58 Information Centre declined, with reason'],
        ['建议由办公室牵头', 'Proposes the General Office'],
        { waited: '2026-06-11' },
        ['提请裁定', 'To arbiter'],
      ),
    ],
  },
  {
    title: ['出现异常', 'Off track'],
    rows: [
      row(
        'late',
        ['第六党支部5月主题党日', 'Branch 6: theme day of May'],
        ['未见记录；6月2日、9日已提醒', 'No record; reminded 2 and 9 June'],
        { left: '2026-05-31' },
        ['看依据', 'See why'],
      ),
      row(
        'late',
        ['第35项 水资源费征收专项自查', 'No. 35 Self-check of water resource fees'],
        ['水资源科', 'Water Resources Section'],
        { left: '2026-06-05' },
        ['督办', 'Follow up'],
      ),
      row(
        'goodlate',
        ['第17项 政务公开目录修订', 'No. 17 Openness catalogue revised'],
        ['逾期6天后补办，6月11日销号', 'Closed 11 June, 6 days late'],
        ['逾期补办', 'Made good late'],
        ['看经过', 'See history'],
      ),
      row(
        'expected',
        ['第六党支部 一季度党员大会', 'Branch 6: general meeting, first quarter'],
        ['一般应办；3月27日的会未登记主讲人', 'Expected; the meeting of 27 March has no speaker'],
        ['未说明原因', 'No reason given'],
        ['看依据', 'See why'],
      ),
      row(
        'unknown',
        ['离退休党支部4月支委会', 'Retirees’ branch: committee, April'],
        ['缺本届支委名单，无法判断', 'Committee list missing'],
        ['待查明', 'Unknown'],
        ['补名单', 'Add list'],
      ),
    ],
  },
]

/** What stands in the month. */
export const sampleAgenda: [day: string, text: Pair][] = [
  ['18', ['节前廉政提醒截止', 'Festival reminder due']],
  ['19', ['端午节，放假至21日', 'Dragon Boat Festival, to 21 June']],
  ['23', ['党组会议 9:00 · 6 项议题', 'Party-group meeting 9:00, 6 items']],
  ['24', ['中心组学习研讨 14:30', 'Central group study 14:30']],
  ['30', ['二季度、上半年窗口截止', 'Second quarter and half-year close']],
]

/** Days of the month with their marks. */
export const sampleMarks: [day: string, state: StateName][] = [
  ['2026-06-03', 'done'],
  ['2026-06-05', 'done'],
  ['2026-06-12', 'done'],
  ['2026-06-18', 'soon'],
  ['2026-06-23', 'planned'],
  ['2026-06-24', 'planned'],
  ['2026-06-30', 'soon'],
]
