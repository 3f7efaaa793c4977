/** A sentence for the reader in both languages. */
export type Words = { readonly zh: string; readonly en: string }

/** One thing that does not hold, with the figure number and journal index it concerns. */
export type Finding = {
  readonly code: FindingCode
  readonly figure?: number
  readonly idx?: number
  readonly message: Words
}

const words = {
  'packet/format': ['证据文件的内容不合格式', 'The evidence is not in the expected form'],
  'packet/version': [
    '证据文件的版本本程序不认识，请用新版核验',
    'This version of evidence is unknown here; check it with a newer program',
  ],
  'checkpoint/size': [
    '检查点的条目数少于统计时点',
    'The checkpoint holds fewer entries than the figures were counted from',
  ],
  'checkpoint/time': ['检查点的时间早于其中的记录', 'The checkpoint is older than a record in it'],
  'figure/number': ['同一编号的数字出现两次', 'Two figures have the same number'],
  'figure/period': ['统计条件的起止与所示期间不一致', 'The filter covers another period than the one shown'],
  'figure/value': ['按所列记录重算，结果与所示数值不同', 'Counting the listed records again gives another value'],
  'figure/records': ['所列记录不能按该口径计算', 'The listed records cannot be counted in this way'],
  'figure/wording': ['印出的文字与数值不符', 'The printed words do not fit the value'],
  'stub/order': ['记录没有按序号排列', 'The records are not in order of their index'],
  'stub/outside': ['记录晚于统计时点', 'The record is later than the point of counting'],
  'stub/env': ['记录内容读不出或不是规范写法', 'The record cannot be read or is not in canonical form'],
  'stub/suite': ['记录的算法标记与检查点不同', 'The record names another hash suite than the checkpoint'],
  'stub/proof': [
    '存证核对不上：这条记录不在检查点之中，或被改动过',
    'The proof fails: this record is not in the checkpoint, or was altered',
  ],
  'stub/filter': ['记录不合该数字的统计条件', 'The record does not match the filter of the figure'],
  'stub/twice': ['同一记录计了两次', 'The same record is counted twice'],
  'stub/versions': ['同一记录的两个版本同时计入', 'Two versions of one record are counted'],
  'stub/time': ['记录时间与序号的先后不一致', 'The entry times do not follow the order of the indexes'],
  'stub/late': [
    '补记标记与发生、登记的日期不符',
    'The late mark does not fit the day it happened and the day it was recorded',
  ],
  'stub/opening': ['期初导入标记与记录不符', 'The opening-import mark does not fit the record'],
  'stub/opened': [
    '所附的题名或姓名与记录封存的内容不符',
    'The title or name shown is not what the record committed to',
  ],
  'freeze/proof': ['定稿条目核对不上', 'The entry that froze this report cannot be proved'],
  'freeze/digest': [
    '本文件与定稿时封存的内容不同',
    'This file differs from what was sealed when the report was frozen',
  ],
  'journal/format': ['日志导出的首行不合格式', 'The first line of the journal export is not in the expected form'],
  'journal/line': ['这一行读不出或不合格式', 'This line cannot be read or is not in the expected form'],
  'journal/gap': ['序号不连续', 'The indexes have a gap or go back'],
  'journal/time': ['登记时间早于前一条', 'The entry time is before that of the entry above'],
  'journal/suite': ['条目的算法标记与日志不同', 'The entry names another hash suite than the journal'],
  'journal/chain': ['记录的版本不连续', 'The versions of a record have a gap or repeat'],
  'journal/erasure': ['删除条目所指的字段不存在', 'An erasure names a field that does not exist'],
  'journal/size': ['条目数与首行不符', 'The number of entries differs from the first line'],
  'journal/root': ['重算的树根与首行不符', 'The root computed again differs from the first line'],
  'journal/checkpoint': [
    '这份日志与证据文件的检查点不是同一本账',
    'This journal does not lead to the checkpoint of the evidence',
  ],
  'journal/recount': ['按整本日志重算，结果与所示数值不同', 'Counting the whole journal again gives another value'],
  'journal/records': [
    '按整本日志应计入的记录与所列记录不同',
    'The whole journal gives other records than those listed',
  ],
} as const

/** What can be found, as `place/what`. */
export type FindingCode = keyof typeof words

/** A finding with its sentence; `detail` is put behind it after a colon. */
export function finding(code: FindingCode, at: { figure?: number; idx?: number } = {}, detail = ''): Finding {
  const [zh, en] = words[code]
  const place = {
    zh: [at.figure !== undefined && `第${at.figure}项数字`, at.idx !== undefined && `日志第${at.idx}号`]
      .filter(Boolean)
      .join('，'),
    en: [at.figure !== undefined && `figure ${at.figure}`, at.idx !== undefined && `entry ${at.idx}`]
      .filter(Boolean)
      .join(', '),
  }
  return {
    code,
    ...at,
    message: {
      zh: `${place.zh && `${place.zh}：`}${zh}${detail && `（${detail}）`}。`,
      en: `${place.en && `${place.en}: `}${en}${detail && ` (${detail})`}.`,
    },
  }
}

/** What only a recount over the whole journal can show. */
export const nothingLeftOut: Words = {
  zh: '不证明没有遗漏。所列记录都在账上，但有没有少列，要用整本日志导出重新统计才能确定。',
  en: 'It does not show that nothing was left out. Every listed record is in the journal; whether one is missing needs a recount over the whole journal export.',
}

/** What no evidence packet can show by itself, said to everyone who checks one. */
export const notProven: readonly Words[] = [
  nothingLeftOut,
  {
    zh: '不证明录入的内容属实。日志只证明何时记了什么、此后没有改动。',
    en: 'It does not show that what was typed is true. The journal shows what was recorded and when, and that it has not changed since.',
  },
  {
    zh: '检查点尚未签名，也没有外部见证。请与另行保管的检查点树根比对；在此之前，只能证明文件内部一致。',
    en: 'The checkpoint is not yet signed or witnessed. Compare its root with one kept elsewhere; until then only agreement within the file is shown.',
  },
]

/** Said where the packet holds no entry that froze the report. */
export const textNotSealed: Words = {
  zh: '标题、口径等说明文字和统计条件没有封存进日志，须与单位留存的报告核对。',
  en: 'Title, definitions and filters are not sealed in the journal; compare them with the report that the bureau keeps.',
}
