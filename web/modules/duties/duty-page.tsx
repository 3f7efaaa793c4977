import { DownOutlined, EditOutlined } from '@ant-design/icons'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getDuty } from '../../../src/modules/duties/duty.contract.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import { PageBody, PageHead } from '../../ui/page.tsx'
import { DraftOrder } from '../follow-ups/draft-order.tsx'
import type { AskingAct } from './act-form.tsx'
import { AmendDialog } from './amend-dialog.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { type Duty, DutyCourse } from './duty-course.tsx'
import { DutyNext } from './duty-next.tsx'
import { DutyAmendments, DutyProofs, DutySource, DutySummary } from './duty-summary.tsx'
import { DutyState } from './marks.tsx'
import { useKindNames, useOrder } from './names.ts'
import './duties.css'

export { arriveAtDuty as arrive } from './arrival.ts'

/** One duty: who owes what until when, its course, what comes next. */
export function DutyPage() {
  const { no } = useParams({ from: '/inside/duties/$no' })
  const search = useSearch({ from: '/inside/duties/$no' })
  const formats = useFormats()
  const year = search.year ?? Number(formats.today.slice(0, 4))
  const number = Number(no)
  const { data, error, refetch } = useQueryOf(getDuty, { no: number, year }, { keep: false, enabled: number > 0 })
  if (!(number > 0) || isAbsent(error)) return <NoRight />
  if (error) return <ErrorHere error={error} retry={() => void refetch()} />
  return data ? <DutySheet key={data.id} duty={data} /> : <LoadingRows />
}

/** Acts that stand behind 更多: they are rare, and each asks for its reason. */
const further = ['postpone', 'decline', 'transfer', 'suspend', 'resume', 'reopen', 'withdraw'] as const

function DutySheet({ duty }: { duty: Duty }) {
  const { course } = useSearch({ from: '/inside/duties/$no' })
  const navigate = useNavigate({ from: '/duties/$no' })
  const order = useOrder()
  const [act, setAct] = useState<AskingAct>()
  const [dialog, open] = useState<'amend' | 'assign'>()
  const close = () => open(undefined)
  return (
    <>
      <DutyHead duty={duty} onAct={setAct} onDialog={open} />
      <PageBody
        asideKind="duty"
        aside={
          <>
            <DutyNext duty={duty} order={order} act={act} onAct={setAct} />
            <DutySource duty={duty} />
            <DutyProofs duty={duty} />
            <DutyAmendments duty={duty} />
          </>
        }
      >
        <DutySummary duty={duty} />
        <DutyCourse
          duty={duty}
          part={course}
          onPart={(part) => void navigate({ search: (was) => ({ ...was, course: part }), replace: true })}
        />
      </PageBody>
      {dialog === 'amend' && <AmendDialog duty={duty} onClose={close} />}
      {dialog === 'assign' && <AssignDialog duties={[duty]} order={order} onDone={close} onClose={close} />}
    </>
  )
}

/** Where the duty stands, what it is called, how it is, what may be changed. */
function DutyHead({
  duty,
  onAct,
  onDialog,
}: {
  duty: Duty
  onAct: (act: AskingAct) => void
  onDialog: (dialog: 'amend' | 'assign') => void
}) {
  const { t } = useTranslation('duties')
  const names = useKindNames()
  const { may } = duty
  const items = [
    ...(may.assign ? [{ key: 'assign', label: t('act.assign') }] : []),
    ...further.filter((one) => may[one]).map((key) => ({ key: key as string, label: t(`act.${key}`) })),
  ]
  const title = duty.title ?? t('erased')
  return (
    <PageHead
      title={title}
      tab={`${t('duty.crumb', { no: duty.no })} ${title}`}
      crumb={
        <>
          <Link to="/duties" search={{ year: duty.year }}>
            {t('title')}
          </Link>
          {' / '}
          <Link to="/duties" search={{ year: duty.year, layer: duty.layer }}>
            {names.layer(duty.layer)}
          </Link>
          {' / '}
          {t('year', { year: duty.year })} {t('duty.crumb', { no: duty.no })}
          {duty.listId === null && ` · ${t('duty.noList')}`}
        </>
      }
      sentence={<DutyState duty={duty} />}
      actions={
        <>
          {may.amend && (
            <Button icon={<EditOutlined />} onClick={() => onDialog('amend')}>
              {t('duty.amend')}
            </Button>
          )}
          <DraftOrder duty={duty} />
          {items.length > 0 && (
            <Dropdown
              trigger={['click']}
              menu={{ items, onClick: ({ key }) => (key === 'assign' ? onDialog('assign') : onAct(key as AskingAct)) }}
            >
              <Button>
                {t('duty.more')} <DownOutlined />
              </Button>
            </Dropdown>
          )}
        </>
      }
    />
  )
}
