import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import type { Column } from '../../ui/table.tsx'
import { CellEditor, type Edited } from './cell-editor.tsx'
import type { ListedDuty } from './duty-reads.ts'
import { type DutyRow, DutyState, dueInk, PostText, UnitNames } from './marks.tsx'

/** The day in force; of a duty that is not issued yet the day that it will have. */
function dueOf(duty: DutyRow): string | null {
  return duty.status === 'draft' ? duty.deadline : duty.dueOn
}

/** The parts of a duty that the list changes in place. */
const cells: Readonly<Record<'title' | 'due' | 'measures', (duty: DutyRow) => Edited>> = {
  title: (duty) => ({ text: duty.title ?? '', change: (title) => ({ title }) }),
  due: (duty) => ({ text: dueOf(duty) ?? '', change: (dueOn) => ({ dueOn }), type: 'date' }),
  measures: (duty) => ({
    text: duty.measures.join('；'),
    change: (text) => ({
      measures: text
        .split(/[；;]/)
        .map((one) => one.trim())
        .filter(Boolean),
    }),
  }),
}

/** The editor of a cell, for rows that this person may change. */
function editorOf(part: keyof typeof cells) {
  return (duty: ListedDuty, close: () => void, next: () => void) =>
    duty.may.amend ? <CellEditor duty={duty} edited={cells[part](duty)} onClose={close} onNext={next} /> : null
}

/** The columns of the responsibility list, as the paper list has them. */
export function useDutyColumns(): Column<ListedDuty>[] {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const chinese = formats.language === 'zh'
  return [
    {
      key: 'no',
      title: t('column.no'),
      width: 58,
      align: 'right',
      support: true,
      sortable: true,
      render: (duty) => duty.no,
    },
    {
      key: 'title',
      title: t('column.title'),
      editor: editorOf('title'),
      render: (duty) => (
        <Link
          to="/duties/$no"
          params={{ no: String(duty.no) }}
          search={{ year: duty.year }}
          className="duty-link"
          lang="zh-CN"
        >
          {duty.title ?? t('erased')}
        </Link>
      ),
    },
    { key: 'leader', title: t('column.leader'), width: 76, render: (duty) => <PostText post={duty.leader} /> },
    {
      key: 'lead',
      title: t('column.lead'),
      width: 104,
      render: (duty) =>
        duty.leadUnit ? (
          <span lang="zh-CN">{duty.leadUnit.name}</span>
        ) : (
          <span className="note">{t(duty.common ? 'everybody' : 'unassigned')}</span>
        ),
    },
    {
      key: 'support',
      title: t('column.support'),
      width: 138,
      support: true,
      render: (duty) => <UnitNames units={duty.supportUnits} />,
    },
    {
      key: 'due',
      title: t('column.due'),
      editor: editorOf('due'),
      width: chinese ? 98 : 104,
      sortable: true,
      render: (duty) => (
        <>
          {dueOf(duty) && <span style={{ color: dueInk(duty.mark) }}>{formats.day(dueOf(duty) ?? '')}</span>}
          {dueOf(duty) && duty.cadence && <br />}
          {duty.cadence && (
            <span className="note" lang="zh-CN">
              {duty.cadence}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'measures',
      title: t('column.measures'),
      editor: editorOf('measures'),
      width: chinese ? 196 : 150,
      support: true,
      render: (duty) => <span lang="zh-CN">{duty.measures.join('；')}</span>,
    },
    {
      key: 'state',
      title: t('column.state'),
      width: chinese ? 130 : 176,
      render: (duty) => <DutyState duty={duty} />,
    },
  ]
}
