import { DownOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { listPosts } from '../../../src/modules/organisation/post.contract.ts'
import { unitRoster } from '../../../src/modules/organisation/unit.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, Panel, Tag } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { Act } from './act-dialog.tsx'
import { type Post, type Rostered, useMemberActs, usePostActs } from './post-acts.ts'
import { type Unit, useFillingActs, useUnitActs } from './unit-acts.ts'

type PanelProps = {
  unit: Unit
  units: readonly Unit[]
  on: string
  /** Whether the reader keeps the organisation. */
  keeps: boolean
  onAct: (act: Act) => void
}

/** The acts on a row, in one menu. */
function ActMenu({
  name,
  acts,
  onAct,
}: {
  name: string
  acts: readonly (readonly [string, () => Act])[]
  onAct: (act: Act) => void
}) {
  const { t } = useTranslation('organisation')
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: acts.map(([label], at) => ({ key: String(at), label })),
        onClick: ({ key }) => {
          const act = acts[Number(key)]?.[1]()
          if (act) onAct(act)
        },
      }}
    >
      <Button size="small" aria-label={`${t('acts')} ${name}`}>
        {t('acts')} <DownOutlined className="filter-down" />
      </Button>
    </Dropdown>
  )
}

/** What the unit is, with the acts on it. */
export function UnitPanel({ unit, units, on, keeps, onAct }: PanelProps) {
  const { t } = useTranslation('organisation')
  const formats = useFormats()
  const acts = useUnitActs(units, on)
  const filling = useFillingActs(on)
  const parent = units.find(({ unitId }) => unitId === unit.parentId)
  return (
    <Panel
      title={unit.name ?? ''}
      note={unit.kindWords[formats.language]}
      extra={
        keeps && (
          <ActMenu
            name={unit.name ?? ''}
            onAct={onAct}
            acts={[
              [t('unit.openBelow'), () => acts.openBelow(unit)],
              [t('posts.open'), () => filling.post(unit)],
              ...(unit.holdsMembers ? [[t('roster.add'), () => filling.member(unit)] as const] : []),
              [t('unit.rename'), () => acts.rename(unit)],
              ...(unit.parentId ? [[t('unit.move'), () => acts.move(unit)] as const] : []),
              [t('unit.close'), () => acts.close(unit)],
            ]}
          />
        )
      }
    >
      <div className="facts-two">
        <Facts
          rows={[
            [t('field.parent'), parent?.name ?? t('unit.none')],
            [t('unit.since'), formats.day(unit.from, { year: true })],
            ...(unit.to ? [[t('unit.until'), formats.day(unit.to, { year: true })] as const] : []),
            ...(unit.code ? [[t('unit.code'), unit.code] as const] : []),
          ]}
        />
      </div>
    </Panel>
  )
}

function Holders({ post }: { post: Post }) {
  const { t } = useTranslation('organisation')
  const formats = useFormats()
  if (post.holders.length === 0) return <StateTag state="unknown">{t('posts.vacant')}</StateTag>
  return post.holders.map(({ appointmentId, name, from, to }) => (
    <span key={appointmentId} className="holder">
      {name ?? t('roster.erased')}{' '}
      <span className="note keep">
        {to
          ? t('posts.span', { from: formats.day(from, { year: true }), to: formats.day(to, { year: true }) })
          : t('posts.since', { day: formats.day(from, { year: true }) })}
      </span>
    </span>
  ))
}

/** The posts of the unit, in the order of the organisation, with who holds them. */
export function PostsPanel({ unit, units, on, keeps, onAct }: PanelProps) {
  const { t } = useTranslation('organisation')
  const acts = usePostActs(units, on)
  const { data, error } = useQueryOf(listPosts, { unitId: unit.unitId, on })
  const posts = data?.items ?? []
  const menu = (post: Post): (readonly [string, () => Act])[] => [
    [t('posts.appoint'), () => acts.appointTo(post)],
    ...post.holders.map(
      (holder) =>
        [t('posts.dismissOf', { name: holder.name ?? t('roster.erased') }), () => acts.dismiss(holder)] as const,
    ),
    [t('posts.assign'), () => acts.assign(post)],
    ...post.charges.map(
      (charge) => [t('posts.endCharge', { name: charge.name }), () => acts.endCharge(charge)] as const,
    ),
    [t('posts.close'), () => acts.close(post)],
  ]
  return (
    <Panel title={t('posts.title')} count={posts.length} flush>
      {error && <ErrorHere error={error} />}
      {!data && !error && <LoadingRows rows={3} />}
      {data && posts.length === 0 && <p className="note panel-note">{t('posts.none')}</p>}
      {posts.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('posts.post')}</th>
              <th scope="col">{t('posts.holders')}</th>
              <th scope="col">{t('posts.charge')}</th>
              {keeps && (
                <th scope="col" className="acts-cell">
                  {t('acts')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {posts.map((post) => (
              <tr key={post.postId}>
                <td lang="zh-CN">{post.title}</td>
                <td>
                  <Holders post={post} />
                </td>
                <td className="support">
                  <span className="marks">
                    {post.charges.map(({ chargeId, name }) => (
                      <Tag key={chargeId}>{name}</Tag>
                    ))}
                  </span>
                </td>
                {keeps && (
                  <td className="acts-cell">
                    <ActMenu name={post.title} acts={menu(post)} onAct={onAct} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** Who belongs to the unit on the day: never ordered by anything but the roster. */
export function RosterPanel({ unit, units, on, keeps, onAct }: PanelProps) {
  const { t } = useTranslation('organisation')
  const acts = useMemberActs(units, on)
  const { data, error } = useQueryOf(unitRoster, { unitId: unit.unitId, on })
  const party = unit.line === 'party'
  const menu = (member: Rostered, id: string): (readonly [string, () => Act])[] => [
    [t('roster.transfer'), () => acts.transfer(member, id)],
    [t('roster.amend'), () => acts.amend(member, id)],
    [t('roster.leave'), () => acts.leave(member, id)],
  ]
  return (
    <Panel
      title={t('roster.title')}
      count={data?.total}
      {...(data && party ? { note: t('roster.full', { full: data.full, probationary: data.probationary }) } : {})}
      flush
    >
      {error && <ErrorHere error={error} />}
      {!data && !error && <LoadingRows rows={6} />}
      {data?.total === 0 && <p className="note panel-note">{t('roster.none')}</p>}
      {data && data.total > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('roster.name')}</th>
              {party && <th scope="col">{t('roster.standing')}</th>}
              {party && <th scope="col">{t('roster.vote')}</th>}
              <th scope="col" className="wide-cell">
                {t('roster.titles')}
              </th>
              {keeps && party && (
                <th scope="col" className="acts-cell">
                  {t('acts')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {data.items.map((member) => (
              <tr key={member.personId}>
                <td lang="zh-CN">
                  <Link to="/persons/$personId" params={{ personId: member.personId }}>
                    {member.name ?? t('roster.erased')}
                  </Link>
                </td>
                {party && <td>{member.standing && t(`roster.standings.${member.standing}`)}</td>}
                {party && <td>{t(member.mayVote ? 'roster.mayVote' : 'roster.noVote')}</td>}
                <td className="support" lang="zh-CN">
                  {member.titles.join('、')}
                </td>
                {keeps && party && (
                  <td className="acts-cell">
                    {member.membershipId && (
                      <ActMenu
                        name={member.name ?? t('roster.erased')}
                        acts={menu(member, member.membershipId)}
                        onAct={onAct}
                      />
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
