import { Link, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { previewActivity, recordActivity, withdrawActivity } from '../../../src/modules/activities/activity.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import { closePlan } from '../../../src/modules/plans/plan.contract.ts'
import type { Arrive } from '../../lib/arrival.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useKeys } from '../../lib/keys.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { EmptyState, ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { useUndo } from '../../ui/undo.tsx'
import { ActivityForm } from './activity-form.tsx'
import { type Draft, emptyDraft, inputOf, keptDraft, nextDraft } from './draft.ts'
import { bodiesFor, type Unit, useEffects, useKeepsRecords, useKeptUnits } from './effects.ts'
import { EffectsPanel } from './effects-panel.tsx'
import { type Fault, faultOf, focusField, missingIn } from './faults.ts'
import { ImportDialog } from './import-dialog.tsx'
import { useKindWords } from './kinds.ts'
import { newActivitySearch } from './search.ts'
import './activities.css'

type Saved = OutputOf<typeof recordActivity> & { what: string; draft: Draft }

/** Begins the reads of the form: the units of the day, and the roster where the address names kind and unit. */
export const arrive: Arrive = ({ session, search, begin }) => {
  const asked = newActivitySearch.safeParse(search)
  if (!asked.success) return
  const { kind, unitId, day: happenedOn = session.today } = asked.data
  begin(unitTree, { on: happenedOn })
  if (kind && unitId) begin(previewActivity, { kind, happenedOn, unitId })
}

/** The draft that an address asks for, or the one that the open page still holds. */
function useDraft() {
  const session = useSession()
  const { today } = useFormats()
  const person = session?.person.id ?? ''
  const search = useSearch({ strict: false }) as z.output<typeof newActivitySearch>
  const start = () => {
    const asked = {
      ...(search.kind ? { kind: search.kind } : {}),
      ...(search.unitId ? { unitId: search.unitId } : {}),
      ...(search.day ? { happenedOn: search.day } : {}),
      ...(search.title ? { title: search.title } : {}),
      ...(search.topics ? { topics: search.topics } : {}),
    }
    const kept = Object.keys(asked).length > 0 ? undefined : keptDraft.get(person)
    return kept ?? { ...emptyDraft(today), ...asked }
  }
  const [draft, setDraft] = useState<Draft>(start)
  const [typed, setTyped] = useState(() => keptDraft.get(person) !== undefined)
  const put = (next: Draft, isTyped: boolean) => {
    setDraft(next)
    setTyped(isTyped)
    if (isTyped) keptDraft.set(person, next)
    else keptDraft.drop(person)
  }
  useEffect(() => {
    if (!typed) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [typed])
  return { draft, put, typed, today }
}

/** Where only one of the units that somebody keeps records of can hold the kind, it need not be chosen. */
function withOnlyUnit(draft: Draft, units: readonly Unit[]): Draft {
  const holding = draft.kind === '' ? units : bodiesFor(draft.kind, units)
  return draft.unitId === '' && holding.length === 1 ? { ...draft, unitId: holding[0]?.unitId ?? '' } : draft
}

/** Saves, and offers to take back what was saved. */
function useSaving(draft: Draft, put: (draft: Draft, typed: boolean) => void) {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const formats = useFormats()
  const offer = useUndo()
  const [fault, setFault] = useState<Fault>()
  const [saved, setSaved] = useState<Saved>()
  const { plan: planId } = useSearch({ strict: false }) as z.output<typeof newActivitySearch>
  const record = useVerb(recordActivity)
  const keep = useVerb(closePlan)
  const withdraw = useVerb(withdrawActivity)
  const save = async (roster: Parameters<typeof inputOf>[1], unit: string, next: boolean) => {
    const missing = missingIn(draft)
    if (missing) return setFault({ field: missing, said: t(`missing.${missing}`) })
    try {
      const done = await record.mutateAsync(inputOf(draft, roster))
      // The record stands either way; a plan that it does not keep stays open, and the page says why.
      if (planId && !keep.isSuccess)
        await keep.mutateAsync({ planId, activityId: done.activityId }).catch(() => undefined)
      const what = [formats.day(draft.happenedOn), unit, words.activity(draft.kind)].join(' ')
      setFault(undefined)
      setSaved(next ? undefined : { ...done, what, draft })
      put(next ? nextDraft(draft) : emptyDraft(formats.today), false)
      if (next) document.getElementById('activity-title')?.focus()
      offer({
        text: t('saved', { what }),
        undo: () =>
          withdraw.mutate(
            { activityId: done.activityId, reason: t('withdrawnOnce') },
            {
              onSuccess: () => {
                setSaved(undefined)
                put(draft, true)
              },
              onError: (error) => setFault(faultOf(error)),
            },
          ),
      })
    } catch (error) {
      setFault(faultOf(error))
    }
  }
  useEffect(() => focusField(fault?.field), [fault])
  return { save, fault, setFault, saved, setSaved, busy: record.isPending, unkept: keep.error }
}

function SavedPanel({ saved, unkept, onNext }: { saved: Saved; unkept: unknown; onNext: () => void }) {
  const { t } = useTranslation('activities')
  const { expected, present, mark } = saved
  return (
    <Panel>
      <div className="message" role="status">
        <p className="message-title">{t('saved', { what: saved.what })}</p>
        <p className="note">
          {present !== null && t('savedNote', { expected: expected ?? '—', present })}
          {mark && t(`record.${mark}`)}
        </p>
        {unkept !== null && <ErrorHere error={unkept} focus={false} />}
        <div className="message-verbs">
          <Button type="primary" onClick={onNext}>
            {t('another')}
          </Button>
          <Link to="/activities/$activityId" params={{ activityId: saved.activityId }} className="ant-btn-like">
            {t('open')}
          </Link>
        </div>
      </div>
    </Panel>
  )
}

/** The page where an activity is recorded once, for those who keep records. */
export function NewActivityPage() {
  const { t } = useTranslation('activities')
  if (useKeepsRecords()) return <RecordPage />
  return (
    <>
      <PageHead title={t('newTitle')} crumb={<Link to="/activities">{t('title')}</Link>} />
      <PageBody>
        <Panel>
          <EmptyState title={t('notKeeper')} why={t('notKeeperWhy')} />
        </Panel>
      </PageBody>
    </>
  )
}

/** The form; beside it stands what the record will change. */
function RecordPage() {
  const { t } = useTranslation('activities')
  const offer = useUndo()
  const { draft: typedDraft, put, typed, today } = useDraft()
  const { units, all } = useKeptUnits(typedDraft.happenedOn)
  const draft = withOnlyUnit(typedDraft, units)
  const { ready, roster, effects, meets, fault: refused } = useEffects(draft)
  const saving = useSaving(draft, put)
  const [importing, showImport] = useState(false)
  const unit = all.find(({ unitId }) => unitId === draft.unitId)?.name ?? ''
  const save = (next: boolean) => void saving.save(roster, unit, next)
  const change = (part: Partial<Draft>) => put({ ...draft, ...part }, true)
  const discard = () => {
    put(emptyDraft(today), false)
    saving.setFault(undefined)
    if (typed) offer({ text: t('discarded'), undo: () => put(draft, true) })
  }
  useKeys([{ keys: 'Ctrl Enter', label: t('save'), group: 'page', run: () => !saving.saved && save(false) }])
  const next = () => {
    const { saved } = saving
    saving.setSaved(undefined)
    if (saved) put(nextDraft(saved.draft), false)
  }
  const fault = saving.fault ?? (refused ? faultOf(refused) : undefined)
  return (
    <>
      <PageHead
        title={t('newTitle')}
        crumb={<Link to="/activities">{t('title')}</Link>}
        sentence={t('newSentence')}
        actions={<Button onClick={() => showImport(true)}>{t('several')}</Button>}
      />
      <PageBody
        asideKind="record"
        aside={
          saving.saved ? undefined : (
            <EffectsPanel draft={draft} effects={effects} meets={meets} ready={ready && !refused} unit={unit} />
          )
        }
      >
        {saving.saved ? (
          <SavedPanel saved={saving.saved} unkept={saving.unkept} onNext={next} />
        ) : (
          <ActivityForm draft={draft} units={units} roster={roster} onChange={change}>
            <div className="form-end">
              {fault && (
                <ErrorHere
                  key={String(fault.said)}
                  focus={fault.field === undefined && saving.fault !== undefined}
                  {...(typeof fault.said === 'string' ? { title: fault.said } : { error: fault.said })}
                />
              )}
              <div className="form-bar">
                <VerbButton type="primary" loading={saving.busy} onClick={() => save(false)}>
                  {t('save')} <KeyCap>Ctrl Enter</KeyCap>
                </VerbButton>
                <VerbButton disabled={saving.busy} onClick={() => save(true)}>
                  {t('saveNext')}
                </VerbButton>
                <span className="bar-space" />
                <Button type="text" onClick={discard}>
                  {t('discard')}
                </Button>
              </div>
            </div>
          </ActivityForm>
        )}
      </PageBody>
      <ImportDialog open={importing} onClose={() => showImport(false)} />
    </>
  )
}
