import { useTranslation } from 'react-i18next'
import type { recountReport } from '../../../src/modules/reports/report.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { SidePanel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { Move } from './address.ts'

type Answer = OutputOf<typeof recountReport>

/** Every figure counted again: as it was frozen, and as the records stand now. */
export function RecountPanel({ answer, error, move }: { answer: Answer | undefined; error: unknown; move: Move }) {
  const { t } = useTranslation('reports')
  return (
    <SidePanel title={t('recount.title')} onClose={() => move({ recount: undefined })}>
      {error ? (
        <ErrorHere error={error} />
      ) : answer ? (
        <Outcome answer={answer} move={move} />
      ) : (
        <LoadingRows rows={8} />
      )}
    </SidePanel>
  )
}

function Outcome({ answer, move }: { answer: Answer; move: Move }) {
  const { t } = useTranslation('reports')
  const { count } = useFormats()
  const counted = answer.figures.filter((figure) => figure.frozen !== null)
  const wrong = answer.figures.filter((figure) => !figure.equal).length
  const different = counted.filter((figure) => figure.now !== figure.frozen).length
  const say = (value: number | null) => (value === null ? '*' : count(value))
  return (
    <>
      <div role="status">
        <p>
          {wrong === 0 ? (
            <StateTag state="done">{t('recount.equal', { count: counted.length })}</StateTag>
          ) : (
            <StateTag state="late">{t('recount.broken', { count: wrong })}</StateTag>
          )}
        </p>
        <p className="support">
          {different === 0 ? t('recount.sameNow') : t('recount.nowOther', { count: different })}
        </p>
      </div>
      <table className="recount">
        <thead>
          <tr>
            <th scope="col">{t('recount.figure')}</th>
            <th scope="col">{t('recount.frozen')}</th>
            <th scope="col">{t('recount.again')}</th>
            <th scope="col">{t('recount.now')}</th>
          </tr>
        </thead>
        <tbody>
          {counted.map((figure) => (
            <tr key={figure.no} data-differs={figure.now !== figure.frozen || undefined}>
              <th scope="row">
                <button type="button" className="link" onClick={() => move({ figure: figure.no })}>
                  {figure.no} <span lang="zh-CN">{figure.phrase}</span>
                </button>
              </th>
              <td>{say(figure.frozen)}</td>
              <td>
                {figure.equal ? say(figure.recounted) : <StateTag state="late">{say(figure.recounted)}</StateTag>}
              </td>
              <td>
                {say(figure.now)}
                {figure.now !== figure.frozen && <span className="recount-word">{t('recount.differs')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
