import { Fragment } from 'react'
import { useFormats } from '../lib/session.tsx'
import { ProgressBar } from '../ui/coverage-line.tsx'
import { MonthGrid } from '../ui/month-grid.tsx'
import { PageBody, PageHead, Panel } from '../ui/page.tsx'
import type { StateName } from '../ui/states.ts'
import { WorkRow, WorkRows } from '../ui/work-row.tsx'
import { demoDay, useSay } from './say.ts'

type Sample = [state: StateName, title: string, note: string, due: string, verb: string]

/** The workbench of a clerk, with invented samples. */
export function WorkbenchView() {
  const say = useSay()
  const formats = useFormats()
  const when = (day: string) =>
    say(`${formats.day(day)} ${formats.daysLeft(day)}`, `${formats.day(day)}, ${formats.daysLeft(day)}`)
  const lists: [string, Sample[]][] = [
    [
      say('近期到期', 'Due soon'),
      [
        [
          'soon',
          say('端午节前廉政提醒', 'Integrity reminder before Dragon Boat Festival'),
          say('草稿已备好，发送 4 个群组', 'Draft ready, 4 groups'),
          when('2026-06-18'),
          say('核对发送', 'Check and send'),
        ],
        [
          'soon',
          say('巡察整改进展报告（五月）', 'Inspection rectification report (May)'),
          say('取数 9 处，已齐', '9 figures, all bound'),
          when('2026-06-20'),
          say('打开报告', 'Open report'),
        ],
        [
          'planned',
          say('党组专题研究全面从严治党（上半年）', 'Party group: half-year study of self-governance'),
          say('已列入6月23日党组会议第3项', 'Item 3, meeting of 23 June'),
          formats.day('2026-06-30'),
          say('看议题', 'See item'),
        ],
        [
          'planned',
          say('中心组二季度集体学习研讨', 'Central group study, second quarter'),
          say('已计划6月24日', 'Planned for 24 June'),
          formats.day('2026-06-30'),
          say('看计划', 'See plan'),
        ],
      ],
    ],
    [
      say('等您处理', 'Waiting for you'),
      [
        [
          'awaiting',
          say('第23项 供水应急预案修订并演练', 'No. 23 Supply emergency plan and drill'),
          say('供排水科6月12日再次送审', 'Water Supply Section, resubmitted 12 June'),
          formats.waited('2026-06-12'),
          say('验收', 'Accept'),
        ],
        [
          'progress',
          say('核对导入文件：年中推进会讲话', 'Review import: mid-year speech'),
          say('54 条草稿，余 23 条未核对', '54 drafts, 23 not yet reviewed'),
          formats.waited('2026-06-15'),
          say('继续核对', 'Continue'),
        ],
        [
          'awaiting',
          say('第41项 申请延期至7月31日', 'No. 41 Extension to 31 July requested'),
          say('建设管理科：汛期停工 22 天', 'Works Section: flood season stoppage'),
          formats.waited('2026-06-14'),
          say('呈批', 'Forward'),
        ],
        [
          'returned',
          say('第58项 信息中心不领责，说明理由', 'No. 58 Information Centre declined, with reason'),
          say('建议由办公室牵头', 'Proposes the General Office'),
          formats.waited('2026-06-11'),
          say('提请裁定', 'To arbiter'),
        ],
      ],
    ],
    [
      say('出现异常', 'Off track'),
      [
        [
          'late',
          say('第六党支部5月主题党日', 'Branch 6: theme day of May'),
          say('未见记录；6月2日、9日已提醒', 'No record; reminded 2 and 9 June'),
          formats.daysLeft('2026-05-31'),
          say('看依据', 'See why'),
        ],
        [
          'late',
          say('第35项 水资源费征收专项自查', 'No. 35 Self-check of water resource fees'),
          say('水资源科；分管领导 程以宁', 'Water Resources Section'),
          formats.daysLeft('2026-06-05'),
          say('督办', 'Follow up'),
        ],
        [
          'goodlate',
          say('第17项 政务公开目录修订', 'No. 17 Openness catalogue revised'),
          say('逾期6天后补办，6月11日销号', 'Closed 11 June, 6 days late'),
          say('逾期补办', 'Made good late'),
          say('看经过', 'See history'),
        ],
        [
          'expected',
          say('第六党支部 一季度党员大会', 'Branch 6: general meeting, first quarter'),
          say('一般应办；3月27日实到 5 人，不足半数', 'Expected; 5 of 11 present on 27 March'),
          say('未说明原因', 'No reason given'),
          say('看依据', 'See why'),
        ],
        [
          'unknown',
          say('离退休党支部4月支委会', 'Retirees’ branch: committee, April'),
          say('缺本届支委名单，无法判断', 'Committee list missing'),
          say('待查明', 'Unknown'),
          say('补名单', 'Add list'),
        ],
      ],
    ],
  ]
  const agenda: [string, string][] = [
    ['18', say('节前廉政提醒截止', 'Festival reminder due')],
    ['19', say('端午节，放假至21日', 'Dragon Boat Festival, to 21 June')],
    ['23', say('党组会议 9:00 · 6 项议题', 'Party-group meeting 9:00, 6 items')],
    ['24', say('中心组学习研讨 14:30', 'Central group study 14:30')],
    ['30', say('二季度、上半年窗口截止', 'Second quarter and half-year close')],
  ]
  const marked = (state: StateName) => ({ state, what: say('一项', 'One item') })
  const aside = (
    <>
      <Panel
        title={formats.longMonth('2026-06')}
        extra={
          <button type="button" className="link">
            {say('全年', 'Year')}
          </button>
        }
      >
        <MonthGrid
          month={demoDay.slice(0, 7)}
          marks={{
            '2026-06-03': marked('done'),
            '2026-06-05': marked('done'),
            '2026-06-12': marked('done'),
            '2026-06-18': marked('soon'),
            '2026-06-23': marked('planned'),
            '2026-06-24': marked('planned'),
            '2026-06-30': marked('soon'),
          }}
          calendar={{ '2026-06-19': 'off', '2026-06-20': 'off', '2026-06-21': 'off' }}
        />
        <dl className="agenda">
          {agenda.map(([day, text]) => (
            <Fragment key={day}>
              <dt>{day}</dt>
              <dd>{text}</dd>
            </Fragment>
          ))}
        </dl>
      </Panel>
      <Panel>
        <p className="spread">
          {say('责任清单', 'Responsibility list')}
          <button type="button" className="link">
            {say('87 项', '87 duties')}
          </button>
        </p>
        <ProgressBar
          parts={[
            { key: 'closed', count: 29, color: 'var(--st-done)' },
            { key: 'goodlate', count: 4, color: 'var(--st-goodlate)' },
            { key: 'open', count: 51, color: 'var(--accent-edge)' },
            { key: 'late', count: 2, color: 'var(--st-late)' },
            { key: 'stopped', count: 1, color: '#c9c8c2' },
          ]}
        />
        <p className="note">{say('办结 33（逾期补办 4），在办 51，逾期 2', '33 closed (4 late), 51 open, 2 late')}</p>
      </Panel>
    </>
  )
  return (
    <>
      <PageHead
        title={formats.heading(demoDay)}
        tab={say('工作台', 'Today')}
        sentence={say('近期到期 4 件，等您处理 4 件，出现异常 5 件。', '4 due soon, 4 waiting for you, 5 off track.')}
      />
      <PageBody aside={aside}>
        <div className="page-lists">
          {lists.map(([title, rows], list) => (
            <Panel
              key={title}
              title={title}
              count={rows.length}
              flush
              extra={
                list === 0 && (
                  <button type="button" className="link">
                    {say('全部应办', 'Everything owed')}
                  </button>
                )
              }
            >
              <WorkRows>
                {rows.map(([state, head, note, due, verb], at) => (
                  <WorkRow
                    key={head}
                    state={state}
                    title={head}
                    note={note}
                    due={due}
                    pressing={['soon', 'late', 'goodlate'].includes(state)}
                    verb={verb}
                    first={list === 0 && at === 0}
                    onVerb={() => undefined}
                  />
                ))}
              </WorkRows>
            </Panel>
          ))}
        </div>
      </PageBody>
    </>
  )
}
