import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../lib/language.ts'
import { type NavigationItem, navigationGroups } from '../navigation.ts'

type ListProps = {
  items: readonly NavigationItem[]
  /** Address of the page that is open. */
  at: string
  /** What waits behind an item, where the number is known. */
  counts?: Partial<Record<NavigationItem['key'], number>>
  onGo?: () => void
}

const isAt = (item: NavigationItem, at: string) => at === item.path || at.startsWith(`${item.path}/`)

/** The full navigation: seals in the gutter before the first item of a group, group names in English. */
export function NavigationList({ items, at, counts = {}, onGo }: ListProps) {
  const { t } = useTranslation('shell')
  const chinese = useLanguage() === 'zh'
  return (
    <ul className="nav-groups">
      {navigationGroups(items).map(([group, members]) => (
        <li key={group} className="nav-group">
          {chinese && group !== 'now' && (
            <span className="seal-box nav-seal" aria-hidden="true">
              {t(`group.${group}`)}
            </span>
          )}
          {!chinese && group !== 'now' && <span className="nav-caption">{t(`groupName.${group}`)}</span>}
          <ul>
            {members.map((item) => (
              <li key={item.key}>
                <Link
                  to={item.path}
                  className={`nav-item${group === 'now' ? ' nav-wide' : ''}`}
                  aria-current={isAt(item, at) ? 'page' : undefined}
                  {...(onGo ? { onClick: onGo } : {})}
                >
                  <span>{t(`item.${item.key}`)}</span>
                  {counts[item.key] !== undefined && <span className="nav-count">{counts[item.key]}</span>}
                </Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

/** The rail of three-pane pages: one seal a group, in English its word; hover or focus opens the group's items. */
export function NavigationRail({ items, at, counts = {} }: ListProps) {
  const { t } = useTranslation('shell')
  return (
    <ul className="rail-groups">
      {navigationGroups(items).map(([group, members]) => {
        const open = members.some((item) => isAt(item, at))
        return (
          <li key={group} className="rail-group" data-at={open || undefined}>
            <Link to={members[0]?.path ?? '/today'} className="rail-seal" aria-label={t(`groupName.${group}`)}>
              <span className="seal-box" aria-hidden="true">
                {t(`group.${group}`)}
              </span>
            </Link>
            <ul className="rail-items">
              {members.map((item) => (
                <li key={item.key}>
                  <Link to={item.path} className="nav-item nav-wide" aria-current={isAt(item, at) ? 'page' : undefined}>
                    <span>{t(`item.${item.key}`)}</span>
                    {counts[item.key] !== undefined && <span className="nav-count">{counts[item.key]}</span>}
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        )
      })}
    </ul>
  )
}
