import { Button } from 'antd'
import { useState } from 'react'
import { CoverageLine } from '../ui/coverage-line.tsx'
import { FigureChip } from '../ui/figure-chip.tsx'
import { Facts, PageBody, PageHead, Panel, SidePanel } from '../ui/page.tsx'
import { useSay } from './say.ts'

/** A three-pane page: coverage line, document text with figures, provenance at the right; invented samples. */
export function ReportView() {
  const say = useSay()
  const [open, setOpen] = useState(true)
  const peek = {
    definition: say('责任事项，状态为销号，截至6月15日', 'Duties closed by 15 June'),
    last: '31 项',
    change: say('变化：第17项、第12项 销号', 'Changed: no. 17 and no. 12 closed'),
    records: 33,
  }
  const aside = open && (
    <SidePanel
      title={say('第 4 处', 'Figure 4')}
      note="training.attendances"
      onClose={() => setOpen(false)}
      foot={
        <>
          <Button>{say('换口径', 'Other metric')}</Button>
          <Button>{say('留空', 'Leave masked')}</Button>
        </>
      }
    >
      <p className="one-figure">
        1,286 <span className="support">{say('人次', 'attendances')}</span>
      </p>
      <Facts
        rows={[
          [
            say('口径', 'Counts'),
            say(
              '培训班、专题宣讲的实到人数合计，同一人多次参加分别计',
              'Persons present at courses and lectures, each time counted',
            ),
          ],
          [say('期间', 'Period'), say('1月1日至6月15日（按发生日期）', '1 Jan to 15 Jun (by day of event)')],
          [say('范围', 'Scope'), say('全局 12 个单位', 'All 12 units')],
        ]}
      />
    </SidePanel>
  )
  return (
    <>
      <PageHead
        crumb={say('述职报告 / 2026年', 'Reports / 2026')}
        title={say('上半年工作情况报告', 'Half-year work report')}
        actions={<Button type="primary">{say('进入核对', 'Go to check')}</Button>}
      />
      <CoverageLine
        counts={{ duty: 54, principle: 38, background: 21, quotation: 6, undecided: 7 }}
        onOpen={() => undefined}
      />
      <PageBody mode="fill" aside={aside} asideKind="source">
        <Panel>
          <div className="doc" lang="zh-CN">
            <h2>一、主要做法</h2>
            <p>
              （一）学习抓得更实。党组理论学习中心组集体研讨{' '}
              <FigureChip text="6 次" state="bound" tail="，" onOpen={() => setOpen(true)} />
              各级开展宣讲 <FigureChip text="11 场" state="bound" tail="，" onOpen={() => setOpen(true)} />
              受训 <FigureChip text="1,200 余人次" state="open" tail="。" onOpen={() => setOpen(true)} />
            </p>
            <p>
              （二）责任压得更紧。已办结{' '}
              <FigureChip text="33 项" state="changed" tail="，" peek={peek} onOpen={() => setOpen(true)} />
              收到群众书面感谢 <FigureChip text="* 次" state="masked" tail="，" onOpen={() => setOpen(true)} />
              走访用水大户 <FigureChip text="* 户" state="unbound" tail="。" onOpen={() => setOpen(true)} />
            </p>
          </div>
        </Panel>
      </PageBody>
    </>
  )
}
