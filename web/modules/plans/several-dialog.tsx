import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importPlans } from '../../../src/modules/plans/plan.contract.ts'
import { kindsHeld } from '../../lib/kinds.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import type { Unit } from '../activities/effects.ts'
import { type PlannedRow, readPlannedRows } from './planned-rows.ts'

/** Several activities into the plan at once: rows copied from a table, read and shown before anything is written. */
export function SeveralDialog({ units, onClose }: { units: readonly Unit[]; onClose: () => void }) {
  const { t } = useTranslation(['plans', 'ui'])
  const { today } = useFormats()
  const [text, write] = useState('')
  const [rows, show] = useState<readonly PlannedRow[]>()
  const take = useVerb(importPlans, { touches: ['plan', 'obligation'], onDone: onClose })
  const read = () =>
    show(
      readPlannedRows(text, {
        units: units.map(({ unitId, name }) => ({ id: unitId, names: name ? [name] : [] })),
        kinds: kindsHeld().activities.map(({ id, words }) => ({ id, names: [words.zh, words.en] })),
        today,
      }),
    )
  const faults = rows?.filter((row) => 'fault' in row).length ?? 0
  const items = (rows ?? []).flatMap((row) => ('plan' in row ? [{ item: 'activity' as const, ...row.plan }] : []))
  return (
    <Modal
      open
      title={t('several.title')}
      width={760}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          {rows && faults === 0 && items.length > 0 ? (
            <VerbButton type="primary" loading={take.isPending} onClick={() => take.mutate({ items })}>
              {t('several.verb', { count: items.length })}
            </VerbButton>
          ) : (
            !rows && (
              <Button type="primary" disabled={text.trim() === ''} onClick={read}>
                {t('several.read')}
              </Button>
            )
          )}
          {rows && <Button onClick={() => show(undefined)}>{t('several.again')}</Button>}
          <Button onClick={onClose}>{t('ui:lookAgain')}</Button>
        </div>
      }
    >
      <div className="dialog-form">
        <p className="support">{t('several.note')}</p>
        {rows ? (
          <ReadRows rows={rows} faults={faults} />
        ) : (
          <Input.TextArea
            aria-label={t('several.label')}
            rows={9}
            placeholder={t('several.hint')}
            value={text}
            onChange={({ target }) => write(target.value)}
          />
        )}
        {take.error && <ErrorHere error={take.error} />}
      </div>
    </Modal>
  )
}

/** The rows as they were read; each that was not says what of it is unknown. */
function ReadRows({ rows, faults }: { rows: readonly PlannedRow[]; faults: number }) {
  const { t } = useTranslation('plans')
  const columns: Column<PlannedRow>[] = [
    { key: 'line', title: t('several.line'), width: 52, align: 'right', support: true, render: ({ line }) => line },
    { key: 'when', title: t('list.when'), width: 112, render: ({ when }) => when },
    { key: 'unit', title: t('list.unit'), width: 128, render: ({ unit }) => <span lang="zh-CN">{unit}</span> },
    { key: 'kind', title: t('list.kind'), width: 128, render: ({ kind }) => kind },
    {
      key: 'title',
      title: t('list.what'),
      render: (row) =>
        'fault' in row ? (
          <StateTag state="unknown">{t(`several.fault.${row.fault}`)}</StateTag>
        ) : (
          <span lang="zh-CN">{row.title}</span>
        ),
    },
  ]
  return (
    <>
      <p role="status">{t(faults > 0 ? 'several.faults' : 'several.fine', { count: faults, all: rows.length })}</p>
      <div className="plan-several">
        <Table
          name={t('several.title')}
          columns={columns}
          rows={rows}
          rowKey={({ line }) => String(line)}
          rowName={({ line }) => String(line)}
        />
      </div>
    </>
  )
}
