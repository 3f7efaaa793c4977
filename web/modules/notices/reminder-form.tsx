import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type draftReminders, sendReminder } from '../../../src/modules/notices/reminder.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import { SidePanel } from '../../ui/page.tsx'
import type { Festival } from './reminders-view.tsx'
import '../organisation/dialogs.css'

type FormProps = {
  festival: Festival
  audiences: OutputOf<typeof draftReminders>['audiences']
  onClose: () => void
}

/** The reminder before one festival: wording, groups, sent once by whoever sends it. */
export function ReminderForm({ festival, audiences, onClose }: FormProps) {
  const { t } = useTranslation('notices')
  const formats = useFormats()
  const [text, write] = useState(festival.text.zh)
  const [groups, choose] = useState<string[]>([])
  const [unitIds, pick] = useState<string[]>([])
  const [asking, ask] = useState(false)
  const units = useQueryOf(unitTree, {})
  const send = useVerb(sendReminder, {
    touches: ['reminder', 'notice', 'activity', 'obligation'],
    onDone: () => {
      ask(false)
      choose([])
      pick([])
    },
  })
  const names = new Map(units.data?.items.map(({ unitId, name }) => [unitId, name ?? '']))
  const chosen = [
    ...audiences.filter(({ id }) => groups.includes(id)).map(({ words }) => words[formats.language]),
    ...unitIds.map((id) => names.get(id) ?? ''),
  ]
  const reached = send.data?.reached
  return (
    <SidePanel title={t('reminders.formTitle', { festival: festival.words[formats.language] })} onClose={onClose}>
      <div className="dialog-form">
        <div className="dialog-field">
          <label htmlFor="reminder-text">{t('reminders.text')}</label>
          <Input.TextArea
            id="reminder-text"
            lang="zh-CN"
            rows={6}
            maxLength={600}
            value={text}
            onChange={({ target }) => write(target.value)}
          />
        </div>
        <fieldset className="reminder-groups">
          <legend>{t('reminders.groups')}</legend>
          <div className="reminder-choices">
            {audiences.map(({ id, words }) => (
              <Checkbox
                key={id}
                checked={groups.includes(id)}
                onChange={({ target }) =>
                  choose(target.checked ? [...groups, id] : groups.filter((other) => other !== id))
                }
              >
                {words[formats.language]}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <div className="dialog-field">
          <label htmlFor="reminder-units">{t('reminders.units')}</label>
          <Select
            id="reminder-units"
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('reminders.unitsHint')}
            value={unitIds}
            options={(units.data?.items ?? []).map(({ unitId, name }) => ({ value: unitId, label: name ?? '' }))}
            onChange={pick}
          />
        </div>
        <p className="note dialog-field">{t('reminders.once')}</p>
        <div className="dialog-field">
          <Button
            type="primary"
            disabled={chosen.length === 0 || text.trim() === ''}
            loading={send.isPending}
            onClick={() => ask(true)}
          >
            {t('reminders.send')}
          </Button>
        </div>
        {send.error && <ErrorHere error={send.error} />}
        {reached !== undefined && (
          <p className="dialog-field" role="status">
            {t('reminders.done', { count: reached })}
          </p>
        )}
      </div>
      <ConfirmIrrevocable
        open={asking}
        title={t('reminders.askTitle', { festival: festival.words[formats.language] })}
        what={t('reminders.askWhat', { groups: chosen.join(t('comma')) })}
        verb={t('reminders.send')}
        busy={send.isPending}
        onConfirm={() =>
          send.mutate(
            {
              festival: festival.festival,
              year: festival.year,
              text: text.trim(),
              ...(unitIds.length > 0 ? { unitIds } : {}),
              ...(groups.length > 0 ? { audiences: groups } : {}),
            },
            { onError: () => ask(false) },
          )
        }
        onClose={() => ask(false)}
      />
    </SidePanel>
  )
}
