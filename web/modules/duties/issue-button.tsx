import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { issueList } from '../../../src/modules/duties/list.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import { useDuties } from './duty-reads.ts'
import type { YearList } from './year-list.ts'

/** Issues the next version of a list, after asking once: it cannot be taken back. */
export function IssueButton({ list, onIssued }: { list: YearList; onIssued: () => void }) {
  const { t } = useTranslation('duties')
  const [open, setOpen] = useState(false)
  const [reason, write] = useState('')
  const drafts = useDuties({ listId: list.id, view: 'draft' }).data ?? []
  const units = new Set(drafts.flatMap((duty) => duty.leadUnit?.id ?? [])).size
  const issue = useVerb(issueList, {
    touches: ['duty', 'list'],
    onDone: () => {
      setOpen(false)
      onIssued()
    },
  })
  const no = list.versionNo + 1
  const asksReason = list.versionNo > 0 && list.drafts > 0
  return (
    <>
      <Button type={list.drafts > 0 ? 'primary' : 'default'} onClick={() => setOpen(true)}>
        {t('issue.verb', { no })}
      </Button>
      <ConfirmIrrevocable
        open={open}
        title={t('issue.title', { year: list.year, no })}
        verb={t('issue.do')}
        busy={issue.isPending}
        onClose={() => setOpen(false)}
        onConfirm={() =>
          issue.mutate({ id: list.id, ...(asksReason && reason.trim() ? { reason: reason.trim() } : {}) })
        }
        what={
          <div className="issue-what">
            <p>{list.drafts > 0 ? t('issue.what', { count: list.drafts, units }) : t('issue.whatAmended')}</p>
            {asksReason && (
              <Input.TextArea
                rows={2}
                lang="zh-CN"
                aria-label={t('issue.reason')}
                placeholder={t('issue.reasonHint')}
                value={reason}
                onChange={({ target }) => write(target.value)}
              />
            )}
            {issue.error && <ErrorHere error={issue.error} />}
          </div>
        }
      />
    </>
  )
}
