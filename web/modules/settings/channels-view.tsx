import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  closeChannel,
  listChannels,
  openChannel,
  securities,
  sendTest,
} from '../../../src/modules/notices/channel.contract.ts'
import { call, type OutputOf } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, PageBody, Panel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type Act, ActDialog } from '../organisation/act-dialog.tsx'
import { given } from '../organisation/unit-acts.ts'

type Channel = OutputOf<typeof listChannels>['items'][number]
type Say = ReturnType<typeof useTranslation<'settings'>>['t']

const text = (key: string, label: string, optional = false, initial?: string) =>
  ({ key, label, type: 'text', max: 500, optional, ...(initial ? { initial } : {}) }) as const

/** Opening a mail server: where it stands, how it is spoken to, from which address messages come. */
function mailAct(t: Say): Act {
  return {
    title: t('channel.openMail'),
    note: t('channel.openNote'),
    fields: [
      text('host', t('channel.host')),
      { key: 'port', label: t('channel.port'), type: 'number', min: 1, max: 65535, initial: '465' },
      {
        key: 'security',
        label: t('channel.security'),
        type: 'choice',
        choices: securities.map((one) => ({ value: one, label: t(`channel.secured.${one}`) })),
        initial: 'tls',
      },
      text('sender', t('channel.sender')),
      text('user', t('channel.user'), true),
      { key: 'password', label: t('channel.password'), type: 'secret', optional: true },
      text('address', t('channel.address'), false, location.origin),
    ],
    verb: t('channel.open'),
    send: ({ port = '', security, address = '', ...rest }) =>
      call(openChannel, {
        kind: 'mail',
        address,
        port: Number(port),
        security: security as (typeof securities)[number],
        ...given(rest),
      }),
  }
}

/** Ways out of the product: none until the system administrator opens one; a message holds a number and no names. */
export function ChannelsView({ opens }: { opens: boolean }) {
  const { t } = useTranslation('settings')
  const { data, error, isPending, refetch } = useQueryOf(listChannels, {})
  const [act, ask] = useState<Act>()
  const [secret, show] = useState<string>()
  const hookAct: Act = {
    title: t('channel.openHook'),
    note: t('channel.openNote'),
    fields: [text('url', t('channel.url')), text('address', t('channel.address'), false, location.origin)],
    verb: t('channel.open'),
    send: async ({ url = '', address = '' }) => {
      const opened = await call(openChannel, { kind: 'webhook', url, address })
      show(opened.secret ?? undefined)
    },
  }
  return (
    <PageBody>
      <div className="settings-body settings-narrow">
        <Panel
          title={t('channel.title')}
          note={t('channel.note')}
          flush
          foot={
            opens && (
              <>
                <Button onClick={() => ask(mailAct(t))}>{t('channel.openMail')}</Button>
                <Button onClick={() => ask(hookAct)}>{t('channel.openHook')}</Button>
              </>
            )
          }
        >
          {error && <ErrorHere error={error} retry={() => void refetch()} />}
          {isPending && !error && <LoadingRows rows={2} />}
          {data && data.items.length === 0 && <EmptyState title={t('channel.none')} why={t('channel.noneWhy')} />}
          <ul>
            {data?.items.map((channel) => (
              <ChannelRow key={channel.channelId} channel={channel} opens={opens} />
            ))}
          </ul>
          {secret && (
            <p className="settings-secret" role="status">
              {t('channel.secret')} <code>{secret}</code>
            </p>
          )}
        </Panel>
      </div>
      {act && <ActDialog key={act.title} act={act} onClose={() => ask(undefined)} />}
    </PageBody>
  )
}

function ChannelRow({ channel, opens }: { channel: Channel; opens: boolean }) {
  const { t } = useTranslation('settings')
  const formats = useFormats()
  const close = useVerb(closeChannel, { touches: ['channel'] })
  const test = useVerb(sendTest, { touches: ['channel'] })
  const { channelId, kind, status, today, lastTest, lastFailure } = channel
  const fate = ({ state, reason, at }: NonNullable<Channel['lastTest']>) =>
    [formats.instant(at), t(`channel.fate.${state}`), reason ? t(`channel.failure.${reason}`) : ''].join(' ').trim()
  return (
    <li className="settings-channel">
      <p>
        <b className="name">{t(`channel.kind.${kind}`)}</b>{' '}
        <StateTag state={status === 'open' ? 'progress' : 'excused'}>{t(`channel.status.${status}`)}</StateTag>
      </p>
      <Facts
        rows={[
          [t('channel.where'), channel.url ?? `${channel.host ?? ''}:${channel.port ?? ''}`],
          ...(channel.sender ? [[t('channel.sender'), channel.sender] as const] : []),
          [t('channel.link'), channel.address ?? '—'],
          [t('channel.today'), t('channel.counts', { ...today })],
          ...(lastTest ? [[t('channel.test'), fate(lastTest)] as const] : []),
          ...(lastFailure ? [[t('channel.lastFailure'), fate(lastFailure)] as const] : []),
        ]}
      />
      {(close.error ?? test.error) && <ErrorHere error={close.error ?? test.error} />}
      {opens && status === 'open' && (
        <div className="settings-verbs">
          <Button size="small" loading={test.isPending} onClick={() => test.mutate({ channelId })}>
            {t('channel.send')}
          </Button>
          <Button size="small" loading={close.isPending} onClick={() => close.mutate({ channelId })}>
            {t('channel.close')}
          </Button>
        </div>
      )}
    </li>
  )
}
