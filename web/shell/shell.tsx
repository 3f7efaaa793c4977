import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../src/modules/accounts/session.contract.ts'
import { type Binding, useKeys } from '../lib/keys.ts'
import { type NavigationItem, navigationFor, recorders, recordPath } from '../navigation.ts'
import { OfflineStrip } from '../ui/messages.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { NavigationList, NavigationRail } from './navigation-list.tsx'
import { TopBar } from './top-bar.tsx'
import './behalf.css'

type ShellProps = {
  session: Session
  /** Address of the page that is open. */
  at: string
  /** Its route, by which the manual finds its section. */
  route: string
  /** Three-pane pages fold the navigation to the rail. */
  rail: boolean
  /** Whether a page stands at a path. */
  exists: (path: string) => boolean
  counts?: Partial<Record<NavigationItem['key'], number>>
  /** Goes on acting for a principal of a mandate, or for oneself. */
  onActFor: (personId: string | null) => void
  onSignOut: () => void
  children: ReactNode
}

// In a window of its own: what is being typed on the page stays as it is.
function openManual(route: string | undefined): void {
  const address = route === undefined ? '/help/' : `/help/pages?${new URLSearchParams({ at: route })}`
  window.open(address, '_blank', 'noopener')
}

/** The frame around every page: bar, navigation or rail, main part, keys. */
export function Shell({ session, at, route, rail, exists, counts, onActFor, onSignOut, children }: ShellProps) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const [keysOpen, showKeys] = useState(false)
  const [flipped, flip] = useState(false)
  const items = navigationFor(session.roles, exists)
  const go = (path: string) => void navigate({ to: path })
  const keeps = session.roles.some((role) => recorders.includes(role))
  const record = keeps && exists(recordPath) ? () => go(recordPath) : undefined
  const bindings: Binding[] = [
    ...items.flatMap((item): Binding[] =>
      item.go ? [{ keys: `G ${item.go}`, label: t(`item.${item.key}`), group: 'go', run: () => go(item.path) }] : [],
    ),
    ...(record ? [{ keys: 'N', label: t('record'), group: 'everywhere', run: record } as const] : []),
    { keys: '[', label: t('keys.navigation'), group: 'everywhere', run: () => flip((was) => !was) },
    { keys: '?', label: t('keys.thisList'), group: 'everywhere', run: () => showKeys(true) },
  ]
  useKeys(bindings)
  const shared = { items, at, ...(counts ? { counts } : {}) }
  const folded = rail !== (flipped && !rail)
  const over = rail && flipped
  return (
    <div className="shell" data-rail={folded || undefined}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <TopBar
        session={session}
        onRecord={record}
        searches={exists('/search')}
        onManual={(section) => openManual(section ? route : undefined)}
        onKeys={() => showKeys(true)}
        onActFor={onActFor}
        onSignOut={onSignOut}
      />
      <nav className="nav" aria-label={t('landmark.navigation')}>
        {folded && !over && <NavigationRail {...shared} />}
        {!folded && <NavigationList {...shared} />}
        {over && (
          <div className="nav-over">
            <NavigationList {...shared} onGo={() => flip(false)} />
          </div>
        )}
        {(!folded || over) && (
          <p className="nav-foot">
            {t('notSecret')}
            <br />
            {t('noSecrets')}
          </p>
        )}
      </nav>
      <main id="main" className="main" tabIndex={-1}>
        {session.onBehalfOf && (
          <p className="behalf" role="status">
            <span>{t('behalf.now', { name: session.onBehalfOf.name ?? '' })}</span>
            <button type="button" className="link" onClick={() => onActFor(null)}>
              {t('behalf.end')}
            </button>
          </p>
        )}
        {children}
      </main>
      <OfflineStrip />
      <KeysDialog open={keysOpen} onClose={() => showKeys(false)} />
    </div>
  )
}
