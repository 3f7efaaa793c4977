import { Button, Input, Segmented } from 'antd'
import { NextStep } from '../ui/next-step.tsx'
import { Facts, PageBody, PageHead, Panel } from '../ui/page.tsx'
import { StateTag } from '../ui/state-mark.tsx'
import { Timeline, type TimelineEvent } from '../ui/timeline.tsx'
import { type Say, useSay } from './say.ts'

function sampleEvents(say: Say): TimelineEvent[] {
  return [
    {
      key: '9',
      at: '2026-06-12T08:20:00Z',
      state: 'awaiting',
      who: say('罗清和 再次送审', 'Luo Qinghe resubmitted'),
      unit: say('供排水科', 'Water Supply'),
      text: say('补充演练评估报告（9 个问题，已改 9 个）', 'Drill assessment added (9 of 9 faults mended)'),
    },
    {
      key: '8',
      at: '2026-06-08T02:05:00Z',
      state: 'returned',
      who: say('周予安 退回', 'Zhou Yu’an returned'),
      unit: say('党组办公室', 'Party office'),
      text: say('缺演练评估，硬杠杠第2条未达到', 'Drill assessment missing, measure 2 not met'),
    },
    {
      key: '7',
      at: '2026-05-31T16:00:00Z',
      state: 'late',
      who: say('逾期', 'Late'),
      system: true,
      text: say('时限已到，未送审；此后补办，本标记始终保留', 'Due day passed without submission; this mark stays'),
    },
    {
      key: '6',
      at: '2026-03-20T03:02:00Z',
      state: 'progress',
      who: say('进展', 'Progress'),
      unit: say('供排水科', 'Water Supply'),
      text: say('预案初稿完成，征求 6 个单位意见', 'First draft, 6 units asked'),
      recordedOn: '2026-03-27',
    },
    {
      key: '5',
      at: '2026-02-14T00:50:00Z',
      state: 'done',
      who: say('罗清和 领责', 'Luo Qinghe took it on'),
      unit: say('供排水科', 'Water Supply'),
      text: say('时限 5 个工作日，第 3 日领责', 'Within 5 working days, on day 3'),
    },
    {
      key: '4',
      at: '2026-02-10',
      state: 'done',
      who: say('第1版清单印发', 'Version 1 issued'),
      unit: say('党组', 'Party group'),
      text: say('来源：年度工作要点 第三部分（二）第4句', 'From the work points, part 3 (2), sentence 4'),
    },
  ]
}

function Aside() {
  const say = useSay()
  return (
    <>
      <NextStep
        title={say('下一步：等您验收', 'Next: your acceptance')}
        chain={[
          { key: '1', stand: 'done', text: say('供排水科 送审', 'Water Supply submitted') },
          {
            key: '2',
            stand: 'current',
            text: say('党组办公室 验收', 'Party office accepts'),
            waited: say('已等4天', '4 days waiting'),
          },
        ]}
        buttons={
          <>
            <Button type="primary">{say('验收销号', 'Accept')}</Button>
            <Button>{say('退回补充', 'Return')}</Button>
          </>
        }
        note={say(
          '验收人不能是送审人。销号后“逾期补办”标记保留。',
          'The verifier cannot be the submitter. The mark stays.',
        )}
      >
        <Input.TextArea
          rows={2}
          placeholder={say('意见（退回时必填，写明缺什么）', 'Opinion (needed when returning: what is missing)')}
        />
      </NextStep>
      <Panel title={say('出处', 'Source')}>
        <p className="doc" lang="zh-CN" style={{ fontSize: 15, lineHeight: '26px', textIndent: '2em' }}>
          （二）供水安全不能出空档。五月中旬前修订供水应急预案，供排水科牵头。
        </p>
      </Panel>
    </>
  )
}

/** One duty with its course and next step, with invented samples. */
export function DutyView() {
  const say = useSay()
  return (
    <>
      <PageHead
        crumb={say('责任清单 / 班子成员 / 第23项', 'Responsibility list / Team / No. 23')}
        title="修订供水应急预案，完成一次全流程演练并评估"
        sentence={<StateTag state="late">{say('逾期16天 · 待验收', '16 days late · awaiting acceptance')}</StateTag>}
        actions={<Button>{say('修订事项', 'Amend')}</Button>}
      />
      <PageBody aside={<Aside />} asideKind="duty">
        <Panel>
          <div className="facts-two">
            <Facts
              rows={[
                [say('责任领导', 'Leader'), '顾明棠'],
                [say('牵头单位', 'Lead unit'), '供排水科'],
                [say('配合单位', 'Support'), '执法支队、水质监测中心'],
                [say('时限', 'Due'), say('5月31日', '31 May')],
                [say('硬杠杠', 'Measure'), '① 预案印发；② 演练评估问题清零'],
              ]}
            />
          </div>
        </Panel>
        <Panel
          title={say('经过', 'Course')}
          count={9}
          extra={
            <Segmented
              size="small"
              options={[say('全部', 'All'), say('只看进展', 'Progress'), say('只看审批', 'Approvals')]}
            />
          }
        >
          <Timeline
            events={sampleEvents(say)}
            write={
              <div style={{ display: 'flex', gap: 8 }}>
                <Input
                  placeholder={say(
                    '写一条进展，或粘贴记录编号关联已有活动',
                    'Write progress, or paste the number of a record',
                  )}
                />
                <Button>{say('记进展', 'Add')}</Button>
              </div>
            }
          />
        </Panel>
      </PageBody>
    </>
  )
}
