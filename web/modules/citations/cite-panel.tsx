import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCite } from '../../../src/modules/documents/cite.contract.ts'
import { listDocuments } from '../../../src/modules/documents/document.contract.ts'
import { listDuties } from '../../../src/modules/duties/duty.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { LoadingRows } from '../../ui/messages.tsx'
import { Facts, SidePanel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { stateOfMark } from '../duties/marks.tsx'
import type { CitationsAddress, Move } from './address.ts'
import type { Cite } from './citations-page.tsx'
import { AmendForm, MergeForm } from './cite-form.tsx'

type PanelProps = {
  cite: Cite
  others: readonly Cite[]
  act: CitationsAddress['act']
  mayKeep: boolean
  move: Move
}

/** One cited document: its names, and what rests on it. */
export function CitePanel({ cite, others, act, mayKeep, move }: PanelProps) {
  const { t } = useTranslation('citations')
  const back = () => move({ act: undefined })
  const foot = mayKeep && (
    <>
      <Button onClick={() => move({ act: 'amend' })}>{t('verb.amend')}</Button>
      {others.length > 1 && <Button onClick={() => move({ act: 'merge' })}>{t('verb.merge')}</Button>}
    </>
  )
  return (
    <SidePanel
      title={<span lang="zh-CN">{cite.title}</span>}
      onClose={() => move({ cite: undefined, act: undefined })}
      {...(foot && !act ? { foot } : {})}
    >
      {act === 'amend' && <AmendForm cite={cite} onDone={back} />}
      {act === 'merge' && (
        <MergeForm cite={cite} others={others} onBack={back} onDone={(id) => move({ cite: id, act: undefined })} />
      )}
      {!act && <CiteFacts cite={cite} />}
    </SidePanel>
  )
}

function CiteFacts({ cite }: { cite: Cite }) {
  const { t } = useTranslation('citations')
  const formats = useFormats()
  return (
    <>
      <Facts
        rows={[
          [
            t('side.aliases'),
            cite.aliases.length > 0 ? (
              <span key="aliases" lang="zh-CN">
                {cite.aliases.join(t('comma'))}
              </span>
            ) : (
              t('side.none')
            ),
          ],
          ...(cite.versionNote
            ? [
                [
                  t('side.version'),
                  <span key="version" lang="zh-CN">
                    {cite.versionNote}
                  </span>,
                ] as const,
              ]
            : []),
          ...(cite.issuedOn ? [[t('side.issued'), formats.day(cite.issuedOn, { year: true })] as const] : []),
          [t('side.documents'), <CiteDocuments key="documents" cite={cite} />],
          ...(cite.rules > 0 ? [[t('side.rules'), t('side.ruleCount', { count: cite.rules })] as const] : []),
        ]}
      />
      <CiteDuties cite={cite} />
    </>
  )
}

/** The imported documents that name it; their titles for those who may read them. */
function CiteDocuments({ cite }: { cite: Cite }) {
  const { t } = useTranslation('citations')
  const roles = useSession()?.roles ?? []
  const enabled = cite.documents > 0 && (roles.includes('office') || roles.includes('supervision-reader'))
  const { data: whole } = useQueryOf(getCite, { id: cite.id }, { enabled })
  const { data: documents } = useQueryOf(listDocuments, { limit: 500 }, { enabled })
  const ids = new Set(whole?.rests.filter(({ noun }) => noun === 'document').map(({ id }) => id))
  const named = documents?.items.filter(({ id }) => ids.has(id)) ?? []
  return (
    <div className="cite-documents">
      {t('side.documentCount', { count: cite.documents })}
      {named.map((document) => (
        <Link key={document.id} to="/documents/$id/review" params={{ id: document.id }} lang="zh-CN">
          {document.title ?? document.fileName}
        </Link>
      ))}
    </div>
  )
}

function CiteDuties({ cite }: { cite: Cite }) {
  const { t } = useTranslation('citations')
  const { language } = useFormats()
  const { data } = useQueryOf(listDuties, { citeId: cite.id, limit: 500 }, { keep: false })
  if (!data) return <LoadingRows rows={3} height={28} />
  const outside = cite.duties - data.total
  return (
    <>
      <h3 className="cite-head">
        {t('side.duties')} {data.total > 0 && data.total}
      </h3>
      {data.total === 0 && outside <= 0 && <p className="note">{t('side.noDuties')}</p>}
      <ul className="cite-duties">
        {data.items.map((duty) => {
          const state = stateOfMark[duty.mark]
          return (
            <li key={duty.id}>
              <StateMark state={state} label={stateWord(state, language)} />
              <span className="note">
                {duty.year} · {duty.no}
              </span>
              <Link to="/duties/$no" params={{ no: String(duty.no) }} search={{ year: duty.year }} lang="zh-CN">
                {duty.title ?? t('erased')}
              </Link>
            </li>
          )
        })}
      </ul>
      {outside > 0 && <p className="note">{t('side.outside', { count: outside })}</p>}
    </>
  )
}
