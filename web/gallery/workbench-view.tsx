import { Fragment } from 'react'
import type { Formats } from '../lib/format.ts'
import { useFormats } from '../lib/session.tsx'
import { ProgressBar } from '../ui/coverage-line.tsx'
import { MonthGrid } from '../ui/month-grid.tsx'
import { PageBody, PageHead, Panel } from '../ui/page.tsx'
import { WorkRow, WorkRows } from '../ui/work-row.tsx'
import { demoDay, type Say, useSay } from './say.ts'
import { type SampleDue, sampleAgenda, sampleLists, sampleMarks } from './workbench-samples.ts'

function dueWords(due: SampleDue, say: Say, formats: Formats): string {
  if ('day' in due) return formats.day(due.day)
  if ('waited' in due) return formats.waited(due.waited)
  if (!('left' in due)) return say(...due)
  if (due.left < demoDay) return formats.daysLeft(due.left)
  return `${formats.day(due.left)}${say(' ', ', ')}${formats.daysLeft(due.left)}`
}

function Aside() {
  const say = useSay()
  const formats = useFormats()
  const marks = Object.fromEntries(sampleMarks.map(([day, state]) => [day, { state, what: say('一项', 'One item') }]))
  return (
    <>
      <Panel
        title={formats.longMonth(demoDay)}
        extra={
          <button type="button" className="link">
            {say('全年', 'Year')}
          </button>
        }
      >
        <MonthGrid
          month={demoDay.slice(0, 7)}
          marks={marks}
          calendar={{ '2026-06-19': 'off', '2026-06-20': 'off', '2026-06-21': 'off' }}
        />
        <dl className="agenda">
          {sampleAgenda.map(([day, text]) => (
            <Fragment key={day}>
              <dt>{day}</dt>
              <dd>{say(...text)}</dd>
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
}

/** The workbench of a clerk, with invented samples. */
export function WorkbenchView() {
  const say = useSay()
  const formats = useFormats()
  return (
    <>
      <PageHead
        title={formats.heading(demoDay)}
        tab={say('工作台', 'Today')}
        sentence={say('近期到期 4 件，等您处理 4 件，出现异常 5 件。', '4 due soon, 4 waiting for you, 5 off track.')}
      />
      <PageBody aside={<Aside />}>
        <div className="page-lists">
          {sampleLists.map(({ title, rows }, list) => (
            <Panel key={title[1]} title={say(...title)} count={rows.length} flush>
              <WorkRows>
                {rows.map((row, at) => (
                  <WorkRow
                    key={row.title[1]}
                    state={row.state}
                    title={say(...row.title)}
                    note={say(...row.note)}
                    due={dueWords(row.due, say, formats)}
                    pressing={['soon', 'late', 'goodlate'].includes(row.state)}
                    verb={say(...row.verb)}
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
