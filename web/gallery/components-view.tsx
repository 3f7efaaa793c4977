import { Button, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { useLanguage } from '../lib/language.ts'
import { LanguageSwitch } from '../shell/top-bar.tsx'
import { ConfirmIrrevocable } from '../ui/confirm.tsx'
import { DayField } from '../ui/day-field.tsx'
import { FigureChip } from '../ui/figure-chip.tsx'
import {
  ConflictHere,
  EmptyState,
  ErrorHere,
  LoadingRows,
  LongWork,
  NoResult,
  NoRight,
  OfflineStrip,
} from '../ui/messages.tsx'
import { Panel, Tag } from '../ui/page.tsx'
import { StateMark, StateTag } from '../ui/state-mark.tsx'
import { stateNames, stateWord } from '../ui/states.ts'
import { UndoToast, useUndo } from '../ui/undo.tsx'
import { useSay } from './say.ts'

/** Every part with every state, beside the picture of the design. */
export function ComponentsView() {
  const say = useSay()
  const language = useLanguage()
  const offer = useUndo()
  const [day, setDay] = useState('2026-06-30')
  const [asking, ask] = useState(false)
  const peek = {
    definition: say('责任事项，状态为销号，截至6月15日', 'Duties closed by 15 June'),
    last: '31 项',
    records: 1286,
  }
  return (
    <main className="gallery">
      <h1 className="unseen">{say('部件', 'Parts')}</h1>
      <Panel title={say('状态：颜色、形状、文字三者同在', 'States: colour, shape and word')} extra={<LanguageSwitch />}>
        <div className="gallery-two">
          {stateNames.map((state) => (
            <StateTag key={state} state={state} cause={say('6月30日', '30 June')} />
          ))}
        </div>
        <p>
          {stateNames.map((state) => (
            <StateMark key={state} state={state} size={13} label={stateWord(state, language)} />
          ))}
        </p>
        <p>
          {stateNames.map((state) => (
            <StateMark key={state} state={state} size={48} />
          ))}
        </p>
      </Panel>
      <Panel title={say('数字', 'Figures')}>
        <p className="gallery-row">
          {say('已取数', 'bound')} <FigureChip text="1,200 余人次" state="bound" onOpen={() => undefined} peek={peek} />
          {say('选中', 'open')} <FigureChip text="6 次" state="open" onOpen={() => undefined} />
          {say('有变化', 'changed')} <FigureChip text="33 项" state="changed" onOpen={() => undefined} peek={peek} />
          {say('待绑定', 'to bind')} <FigureChip text="* 件" state="unbound" onOpen={() => undefined} />
          {say('留空', 'masked')} <FigureChip text="* 次" state="masked" onOpen={() => undefined} />
        </p>
        <p className="gallery-row">
          <Tag>{say('补记', 'Late entry')}</Tag>
          <Tag inferred>{say('推断：按分工', 'Inferred: by line of work')}</Tag>
        </p>
      </Panel>
      <Panel title={say('控件与焦点', 'Controls and focus')}>
        <p className="gallery-row">
          <Button type="primary">{say('主要', 'Primary')}</Button>
          <Button>{say('一般', 'Default')}</Button>
          <Button type="text">{say('文字', 'Text')}</Button>
          <Button disabled>{say('不可用', 'Disabled')}</Button>
          <Button size="small">{say('行内', 'In a row')}</Button>
        </p>
        <div className="gallery-row">
          <Input placeholder={say('占位提示', 'Placeholder')} style={{ width: 150 }} aria-label="1" />
          <DayField value={day} onChange={setDay} label={say('日期', 'Day')} />
          <Select
            defaultValue="a"
            options={[{ value: 'a', label: say('局党组', 'Party group') }]}
            style={{ width: 130 }}
            aria-label="2"
          />
          <Switch defaultChecked aria-label="3" />
        </div>
      </Panel>
      <Panel title={say('空、无结果、无权', 'Empty, no result, no right')}>
        <div className="gallery-boxes">
          <EmptyState
            title={say('本支部今年还没有谈话记录', 'No talks recorded this year')}
            why={say(
              '谈话只记日期、双方、类别，约 20 秒一条。',
              'A talk keeps day, pair and kind; about 20 seconds each.',
            )}
            verb={<Button size="small">{say('记谈话', 'Record a talk')}</Button>}
          />
          <NoResult
            filters={say('牵头单位：水资源科、状态：逾期', 'lead unit: Water Resources, state: late')}
            onClear={() => undefined}
          />
          <NoRight />
        </div>
      </Panel>
      <Panel title={say('出错、冲突、离线', 'Error, conflict, offline')}>
        <div className="gallery-boxes">
          <ErrorHere
            focus={false}
            title={say(
              '没有保存：表决结果缺 1 人。应到 7 人、参加表决 5 人，已登记 4 票。请补登沈望舒的表决，或改为缺席。',
              'Not saved: one vote is missing. 7 entitled, 5 voting, 4 recorded. Add the vote, or mark absent.',
            )}
          />
          <ConflictHere
            title={say('罗清和刚刚改过这一项（16:20）', 'Luo Qinghe has just changed this (16:20)')}
            note={say(
              '您的改动还在。不同之处：时限6月30日 / 7月15日。',
              'Yours is still here. Different: due 30 June / 15 July.',
            )}
            onTheirs={() => undefined}
            onMine={() => undefined}
          />
          <OfflineStrip shown />
        </div>
      </Panel>
      <Panel title={say('加载、撤销、确认', 'Loading, undo, confirmation')}>
        <div className="gallery-boxes">
          <LoadingRows rows={3} height={24} />
          <LongWork onCancel={() => undefined} />
          <UndoToast inline text={say('已确认第32条', 'No. 32 confirmed')} onUndo={() => undefined} />
          <p className="gallery-row">
            <Button onClick={() => ask(true)}>{say('印发', 'Issue')}</Button>
            <Button onClick={() => offer({ text: say('已确认第32条', 'No. 32 confirmed'), undo: () => undefined })}>
              {say('确认', 'Confirm')}
            </Button>
          </p>
        </div>
        <ConfirmIrrevocable
          open={asking}
          title={say('印发第2版清单？', 'Issue version 2?')}
          what={say(
            '印发后不能撤回，只能以修订编号更改。将通知 31 个牵头单位。',
            'It cannot be taken back, only amended by number. 31 lead units are told.',
          )}
          verb={say('印发', 'Issue')}
          onConfirm={() => ask(false)}
          onClose={() => ask(false)}
        />
      </Panel>
      <Panel title={say('字与数', 'Type and figures')}>
        <h1>{say('页题 20/28　责任清单', 'Page title 20/28')}</h1>
        <h2>{say('节题 15/22　请您决定', 'Panel title 15/22')}</h2>
        <p>{say('正文 14/22　6月30日前，87项', 'Body 14/22 before 30 June, 87 items')}</p>
        <p className="note">{say('次要 12/18　《支部工作条例》第16条', 'Secondary 12/18, article 16')}</p>
        <p className="doc" lang="zh-CN">
          文件 16/31 宋体　“四风”问题……
        </p>
      </Panel>
    </main>
  )
}
