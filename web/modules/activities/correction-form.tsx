import { Button, Input } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { amendActivity } from '../../../src/modules/activities/activity.contract.ts'
import { ApiError, type InputOf } from '../../lib/client.ts'
import { useKeys } from '../../lib/keys.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { ConflictHere, ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { PageBody, PageHead } from '../../ui/page.tsx'
import { ActivityForm } from './activity-form.tsx'
import { changesBetween, type Draft, draftOf, inputOf } from './draft.ts'
import { useEffects, useKeptUnits } from './effects.ts'
import { EffectsPanel } from './effects-panel.tsx'
import { type Fault, faultOf, focusField, missingIn } from './faults.ts'
import type { Activity } from './record-parts.tsx'

function Fallen({
  fault,
  record,
  onMine,
  onTheirs,
}: {
  fault: Fault
  record: Activity
  onMine: () => void
  onTheirs: () => void
}) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const last = record.versions.at(-1)
  if (fault.said instanceof ApiError && fault.said.code === 'record/changed')
    return (
      <ConflictHere
        title={t('correction.conflict', {
          name: last?.by?.name ?? t('correction.somebody'),
          time: last ? formats.time(last.at) : '',
        })}
        note={t('correction.conflictNote')}
        onTheirs={onTheirs}
        onMine={onMine}
      />
    )
  return typeof fault.said === 'string' ? (
    <ErrorHere title={fault.said} focus={fault.field === undefined} />
  ) : (
    <ErrorHere error={fault.said} focus={fault.field === undefined} />
  )
}

/** Sends what the correction changes, on the version that it was begun on. */
function useCorrection(record: Activity, draft: Draft, begun: Activity, onDone: () => void) {
  const { t } = useTranslation('activities')
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<Fault>()
  const amend = useVerb(amendActivity)
  useEffect(() => focusField(fault?.field), [fault])
  const save = async (roster: Parameters<typeof inputOf>[1], version: number) => {
    const missing = missingIn(draft)
    if (missing) return setFault({ field: missing, said: t(`missing.${missing}`) })
    const changes = changesBetween(inputOf(draftOf(begun), roster), inputOf(draft, roster))
    if (Object.keys(changes).length === 0) return setFault({ field: undefined, said: t('missing.same') })
    if (!reason.trim()) return setFault({ field: 'reason', said: t('missing.reason') })
    // Numbers give way to names and names to numbers.
    if ('attendance' in changes && 'numbers' in changes) {
      if (inputOf(draft, roster).attendance) delete changes['numbers']
      else delete changes['attendance']
    }
    try {
      const input = { activityId: record.activityId, version, reason: reason.trim(), ...changes }
      await amend.mutateAsync(input as InputOf<typeof amendActivity>)
      onDone()
    } catch (error) {
      setFault(faultOf(error))
    }
  }
  return { reason, setReason, fault, save, busy: amend.isPending }
}

/** The correction of a record in the form that recorded it, with the reason. */
export function CorrectionForm({ record, crumb, onDone }: { record: Activity; crumb: ReactNode; onDone: () => void }) {
  const { t } = useTranslation(['activities', 'ui'])
  const [begun, begin] = useState(record)
  const [draft, setDraft] = useState(() => draftOf(record))
  const { units, all } = useKeptUnits(draft.happenedOn)
  const { ready, roster, effects } = useEffects(draft)
  const { reason, setReason, fault, save, busy } = useCorrection(record, draft, begun, onDone)
  const send = (version = begun.version) => void save(roster, version)
  useKeys([
    { keys: 'Ctrl Enter', label: t('correction.verb'), group: 'page', run: () => send() },
    { keys: 'Esc', label: t('ui:lookAgain'), group: 'page', run: onDone },
  ])
  const unit = all.find(({ unitId }) => unitId === draft.unitId)?.name ?? ''
  return (
    <>
      <PageHead title={t('correction.title')} crumb={crumb} sentence={t('correction.sentence')} />
      <PageBody
        asideKind="record"
        aside={
          <EffectsPanel
            draft={draft}
            // The figures hold the record already, so what a new one would add is not told.
            effects={effects && { ...effects, mark: record.mark }}
            ready={ready}
            unit={unit}
            figures={false}
          />
        }
      >
        <ActivityForm
          draft={draft}
          units={units}
          roster={roster}
          onChange={(change) => setDraft({ ...draft, ...change })}
        >
          <div className="form-row">
            <label className="form-label" htmlFor="activity-reason">
              {t('field.reason')}
            </label>
            <div className="form-control">
              <Input
                id="activity-reason"
                maxLength={200}
                placeholder={t('hint.reason')}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            </div>
          </div>
          <div className="form-end">
            {fault && (
              <Fallen
                key={String(fault.said)}
                fault={fault}
                record={record}
                onMine={() => send(record.version)}
                onTheirs={() => {
                  begin(record)
                  setDraft(draftOf(record))
                }}
              />
            )}
            <div className="form-bar">
              <VerbButton type="primary" loading={busy} onClick={() => send()}>
                {t('correction.verb')} <KeyCap>Ctrl Enter</KeyCap>
              </VerbButton>
              <Button onClick={onDone}>{t('ui:lookAgain')}</Button>
            </div>
          </div>
        </ActivityForm>
      </PageBody>
    </>
  )
}
