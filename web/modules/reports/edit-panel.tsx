import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { editReport } from '../../../src/modules/reports/report.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { SidePanel } from '../../ui/page.tsx'

type PanelProps = { draftId: string; title: string; source: string; at: number; onDone: () => void }

/** The line of the source text around an offset, without its end. */
export function lineAround(source: string, at: number): { start: number; text: string } {
  const start = source.lastIndexOf('\n', at - 1) + 1
  const end = source.indexOf('\n', at)
  return { start, text: source.slice(start, end < 0 ? source.length : end) }
}

/** Writes one paragraph of a draft anew; figures stay signs, the system fills them. At 0 the title can be changed too. */
export function EditPanel({ draftId, title, source, at, onDone }: PanelProps) {
  const { t } = useTranslation('reports')
  // What a person began from stays, so that a change made elsewhere is refused and not written over.
  const [line] = useState(() => lineAround(source, at))
  const [text, write] = useState(line.text)
  const [name, call] = useState(title)
  const edit = useVerb(editReport, { touches: ['report'], onDone })
  const same = text === line.text && name.trim() === title
  const save = () =>
    edit.mutate({
      draftId,
      ...(name.trim() === title || name.trim() === '' ? {} : { title: name.trim() }),
      ...(text === line.text ? {} : { change: { start: line.start, was: line.text, now: text } }),
    })
  return (
    <SidePanel title={t('edit.title')} onClose={onDone}>
      <form
        className="bind"
        onSubmit={(event) => {
          event.preventDefault()
          if (same) onDone()
          else save()
        }}
      >
        <label htmlFor="edit-text">{t('edit.text')}</label>
        <Input.TextArea
          id="edit-text"
          lang="zh-CN"
          rows={12}
          value={text}
          onChange={({ target }) => write(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
          }}
        />
        <p className="note">{t('edit.note')}</p>
        <label htmlFor="edit-name">{t('edit.name')}</label>
        <Input id="edit-name" lang="zh-CN" maxLength={200} value={name} onChange={({ target }) => call(target.value)} />
        {edit.error && <ErrorHere error={edit.error} />}
        <div className="bind-buttons">
          <VerbButton htmlType="submit" loading={edit.isPending}>
            {t('edit.verb')}
          </VerbButton>
          <Button type="text" onClick={onDone}>
            {t('edit.drop')}
          </Button>
        </div>
      </form>
    </SidePanel>
  )
}
