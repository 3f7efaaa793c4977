import { PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Formats } from '../lib/format.ts'
import { useFormats } from '../lib/session.tsx'
import { ProgressBar } from '../ui/coverage-line.tsx'
import { FilterBar, TabsWithCounts } from '../ui/filters.tsx'
import { PageBody, PageHead } from '../ui/page.tsx'
import { PrintFrame } from '../ui/print-frame.tsx'
import { StateTag } from '../ui/state-mark.tsx'
import type { StateName } from '../ui/states.ts'
import { type Column, Table } from '../ui/table.tsx'
import { type Say, useSay } from './say.ts'

type Duty = {
  no: number
  what: string
  leader: string
  lead: string
  support: string
  due: string
  rhythm: string
  measure: string
  state: StateName
}

const names: [string, string, string, string, StateName][] = [
  ['专题研究全面从严治党，分析形势、找准弱项、明确措施', '沈望舒', '党组办公室', '机关党委、机关纪委', 'planned'],
  ['专题研究意识形态工作，明确各岗位各环节防范措施', '沈望舒', '机关党委', '办公室、信息中心', 'done'],
  ['修订党组议事清单和“三重一大”事项标准', '陆知远', '党组办公室', '政策法规科、计划财务科', 'awaiting'],
  ['修订政务公开目录，公开事项与权力清单逐项对应', '陆知远', '办公室', '政策法规科', 'goodlate'],
  ['修订供水应急预案，完成一次全流程演练并评估', '顾明棠', '供排水科', '执法支队、水质监测中心', 'late'],
  ['供水水质稳定达标，季度公示', '顾明棠', '水质监测中心', '供排水科', 'progress'],
  ['老旧管网改造廉政监督清单', '许静川', '建设管理科', '机关纪委', 'soon'],
]

function columnsFor(say: Say, formats: Formats): Column<Duty>[] {
  return [
    {
      key: 'no',
      title: say('序号', 'No.'),
      width: 54,
      align: 'right',
      support: true,
      sortable: true,
      render: (duty) => duty.no,
    },
    { key: 'what', title: say('责任事项', 'Duty'), render: (duty) => <span lang="zh-CN">{duty.what}</span> },
    { key: 'leader', title: say('责任领导', 'Leader'), width: 72, render: (duty) => duty.leader },
    { key: 'lead', title: say('牵头单位', 'Lead unit'), width: 104, render: (duty) => duty.lead },
    {
      key: 'support',
      title: say('配合单位', 'Supporting'),
      width: 138,
      support: true,
      render: (duty) => <UnitNames names={duty.support} />,
    },
    {
      key: 'due',
      title: say('时限、频次', 'Due, rhythm'),
      width: 92,
      sortable: true,
      render: (duty) => (
        <>
          <span style={duty.state === 'late' ? { color: 'var(--st-late)' } : undefined}>{formats.day(duty.due)}</span>
          <br />
          <span className="note">{duty.rhythm}</span>
        </>
      ),
    },
    { key: 'measure', title: say('硬杠杠', 'Measure'), width: 176, support: true, render: (duty) => duty.measure },
    {
      key: 'state',
      title: say('状态', 'State'),
      width: formats.language === 'zh' ? 124 : 180,
      render: (duty) => (
        <StateTag state={duty.state}>{duty.state === 'late' ? formats.daysLeft('2026-05-31') : undefined}</StateTag>
      ),
    },
  ]
}

function sampleDuties(many: number, say: Say): Duty[] {
  return Array.from({ length: many }, (_, at): Duty => {
    const [what, leader, lead, support, state] = names[at % names.length] ?? names[0]!
    return {
      no: at + 3,
      what,
      leader,
      lead,
      support,
      due: '2026-06-30',
      rhythm: say('每半年1次', 'half-yearly'),
      measure: say('形成会议纪要和措施清单', 'Minutes and list of measures'),
      state,
    }
  })
}

function groupsOf(rows: Duty[], say: Say) {
  const half = Math.ceil(rows.length / 2)
  return [
    {
      key: 'group',
      name: say('党组', 'Party group'),
      words: say('12 项：已完成 5，推进中 6，临期 1', '12: 5 done, 6 in progress, 1 due soon'),
      rows: rows.slice(0, half),
    },
    {
      key: 'team',
      name: say('班子成员', 'Team'),
      words: say('31 项：已完成 9，推进中 18，逾期 1', '31: 9 done, 18 in progress, 1 late'),
      rows: rows.slice(half),
    },
  ]
}

/** The responsibility list with invented samples; ?rows=1000 makes it long. */
export function DutiesView() {
  const say = useSay()
  const formats = useFormats()
  const [tab, setTab] = useState('all')
  const [group, setGroup] = useState('layer')
  const [layer, setLayer] = useState('')
  const [text, setText] = useState('')
  const [picked, pick] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState('')
  const many = Number(new URLSearchParams(location.search).get('rows') ?? 24)
  const rows = sampleDuties(many, say)
  return (
    <>
      <PageHead
        title={say('责任清单', 'Responsibility list')}
        sentence={say('2026年 第2版（4月修订，已印发）', '2026, version 2 (amended in April, issued)')}
        actions={
          <>
            <Button icon={<PrinterOutlined />}>{say('打印', 'Print')}</Button>
            <Button type="primary" icon={<PlusOutlined />}>
              {say('增补事项', 'Add duty')}
            </Button>
          </>
        }
      />
      <TabsWithCounts
        name={say('已存视图', 'Saved views')}
        value={tab}
        onChange={setTab}
        tabs={[
          { key: 'all', label: say('全部', 'All'), count: 87 },
          { key: 'soon', label: say('临期', 'Due soon'), count: 6 },
          { key: 'late', label: say('逾期', 'Late'), count: 2 },
          { key: 'awaiting', label: say('待验收', 'Awaiting acceptance'), count: 3 },
          { key: 'goodlate', label: say('逾期补办', 'Made good late'), count: 4 },
        ]}
        extra={
          <>
            <span className="note">{say('办结 33 / 87', '33 of 87 closed')}</span>
            <span style={{ width: 200 }}>
              <ProgressBar
                parts={[
                  { key: 'a', count: 33, color: 'var(--st-done)' },
                  { key: 'b', count: 52, color: 'var(--accent-edge)' },
                  { key: 'c', count: 2, color: 'var(--st-late)' },
                ]}
              />
            </span>
          </>
        }
      />
      <FilterBar
        text={{ value: text, hint: say('事项、硬杠杠、编号', 'Duty, measure, number'), onChange: setText }}
        filters={[
          {
            key: 'layer',
            label: say('层级', 'Layer'),
            value: layer,
            choices: [
              { value: 'group', label: say('党组', 'Party group') },
              { value: 'team', label: say('班子成员', 'Team') },
            ],
          },
          { key: 'leader', label: say('责任领导', 'Leader'), value: '', choices: [{ value: '1', label: '沈望舒' }] },
          { key: 'due', label: say('时限', 'Due'), value: '', every: say('全年', 'whole year'), choices: [] },
        ]}
        onFilter={(_, value) => setLayer(value)}
        onClear={() => {
          setLayer('')
          setText('')
        }}
        group={{
          value: group,
          onChange: setGroup,
          choices: [
            { value: 'layer', label: say('层级', 'Layer') },
            { value: 'leader', label: say('领导', 'Leader') },
            { value: 'unit', label: say('部门', 'Unit') },
          ],
        }}
      />
      <PageBody mode="fill">
        <PrintFrame
          kind="list"
          title={say('责任清单', 'Responsibility list')}
          under={say('2026年第2版', '2026, version 2')}
        >
          <Table
            name={say('责任清单', 'Responsibility list')}
            columns={columnsFor(say, formats)}
            groups={groupsOf(rows, say)}
            rowKey={(duty) => String(duty.no)}
            rowName={(duty) => duty.what}
            current={open}
            onOpen={(duty) => setOpen(String(duty.no))}
            picked={picked}
            onPick={pick}
            sort={{ key: 'no', down: false }}
            onSort={() => undefined}
            counts={say('本版 87 项，筛选后 87 项', '87 in this version, 87 after filters')}
            verbs={
              <>
                <Button size="small">{say('分派', 'Assign')}</Button>
                <Button size="small">{say('改时限', 'Change due day')}</Button>
                <Button size="small">{say('导出所选', 'Export selected')}</Button>
              </>
            }
          />
        </PrintFrame>
      </PageBody>
    </>
  )
}

/** Unit names that break only between names. */
function UnitNames({ names: given }: { names: string }) {
  return given.split(/(?<=、)/).map((part) => (
    <span key={part} className="keep">
      {part}
    </span>
  ))
}
