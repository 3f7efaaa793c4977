import { Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src/core/access/actor.ts'
import { recordTalk, withdrawTalk } from '../../../src/modules/talks/talk.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { Panel } from '../../ui/page.tsx'
import { useUndo } from '../../ui/undo.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { talkKind, talkKinds } from './kinds.ts'
import { Field, KeepsNote, missingPart, noParts, PartsFields, partsInput } from './parts.tsx'

const recorders: Record<'number' | 'group', readonly Role[]> = {
  number: ['office', 'secretary', 'discipline'],
  group: ['office', 'secretary', 'discipline', 'team-member'],
}

/** The kinds that the reader may record: pairs whoever leads a talk, numbers those who hold them. */
function useRecordedKinds() {
  const session = useSession()
  return talkKinds().filter(({ shape }) =>
    shape === 'pair'
      ? session?.personId != null && session.roles.some((role) => role !== 'supervision-reader')
      : session?.roles.some((role) => recorders[shape].includes(role)),
  )
}

/** Records a talk: the kind decides what is asked, and nothing asks what was said. */
export function RecordPanel() {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const session = useSession()
  const words = useKindWords()
  const offer = useUndo()
  const kinds = useRecordedKinds()
  const [kind, setKind] = useState(kinds[0]?.id ?? '')
  const [parts, setParts] = useState(() => noParts(formats.today))
  const [fault, setFault] = useState<string>()
  const record = useVerb(recordTalk, { touches: ['talk'] })
  const withdraw = useVerb(withdrawTalk, { touches: ['talk'] })
  const shape = talkKind(kind)?.shape
  if (kinds.length === 0)
    return (
      <Panel title={t('record.title')}>
        <p className="note">{t('record.none')}</p>
      </Panel>
    )
  const save = (event: FormEvent) => {
    event.preventDefault()
    const missing = shape ? missingPart(shape, parts) : 'kind'
    setFault(missing && t(`record.missing.${missing}`))
    if (missing || !shape) return
    record.mutate(
      { kind, ...partsInput(shape, parts) },
      {
        onSuccess: ({ talkId }) => {
          setParts({ ...parts, person: null, number: null })
          offer({
            text: t('record.saved', { what: [words.talk(kind), parts.person?.name ?? ''].join(' ').trim() }),
            undo: () => withdraw.mutate({ talkId, reason: 'entered-twice' }),
          })
        },
      },
    )
  }
  return (
    <Panel title={t('record.title')} edge>
      <form className="dialog-form" onSubmit={save} noValidate>
        <KeepsNote kind={kind} />
        <Field label={t('record.kind')} id="talk-kind">
          <Select
            id="talk-kind"
            placeholder={t('record.kindHint')}
            value={kind || null}
            options={(['pair', 'number', 'group'] as const).flatMap((one) => {
              const rows = kinds.filter((row) => row.shape === one)
              return rows.length === 0
                ? []
                : [
                    {
                      label: t(`counts.shape.${one}`),
                      options: rows.map(({ id }) => ({ value: id, label: words.talk(id) })),
                    },
                  ]
            })}
            onChange={(chosen: string) => {
              setKind(chosen)
              setFault(undefined)
            }}
          />
        </Field>
        {shape && <PartsFields shape={shape} parts={parts} onChange={(change) => setParts({ ...parts, ...change })} />}
        {shape === 'pair' && (
          <p className="note dialog-field">
            {t('record.mine', { name: session?.onBehalfOf?.name ?? session?.person.name })}
          </p>
        )}
        {fault && <ErrorHere key={fault} title={fault} />}
        {!fault && record.error && <ErrorHere error={record.error} />}
        <div className="dialog-field">
          <VerbButton type="primary" htmlType="submit" loading={record.isPending}>
            {t('record.save')}
          </VerbButton>
        </div>
      </form>
    </Panel>
  )
}
