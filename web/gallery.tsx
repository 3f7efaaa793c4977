import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { createRoot } from 'react-dom/client'
import type { Session } from '../src/modules/accounts/session.contract.ts'
import { Frame } from './app.tsx'
import { ComponentsView } from './gallery/components-view.tsx'
import { DutiesView } from './gallery/duties-view.tsx'
import { DutyView } from './gallery/duty-view.tsx'
import { ReportView } from './gallery/report-view.tsx'
import { demoDay, useSay } from './gallery/say.ts'
import { WorkbenchView } from './gallery/workbench-view.tsx'
import { currentLanguage, switchLanguage } from './lib/language.ts'
import { SessionProvider, TodayProvider } from './lib/session.tsx'
import { FirstUsePage } from './modules/accounts/first-use-page.tsx'
import { SignInPage } from './modules/accounts/sign-in-page.tsx'
import { Shell } from './shell/shell.tsx'
import './ui/styles.ts'
import './gallery/gallery.css'

/** The pages on which the parts are looked at: ?view=workbench&lang=en. Never part of the product's build. */
const views: Record<string, { view: ComponentType; at: string; rail?: boolean }> = {
  workbench: { view: WorkbenchView, at: '/today' },
  duties: { view: DutiesView, at: '/duties' },
  duty: { view: DutyView, at: '/duties/23' },
  report: { view: ReportView, at: '/reports/1', rail: true },
}

const asked = new URLSearchParams(location.search)
const view = asked.get('view') ?? 'components'

function Sampled() {
  const say = useSay()
  const shown = views[view]
  if (view === 'sign-in') return <SignInPage />
  if (view === 'first-use') return <FirstUsePage />
  if (!shown) return <ComponentsView />
  const name = say('周予安', 'Zhou Yu’an')
  const session: Session = {
    account: { id: '1', name },
    person: { id: '1', name },
    personId: '1',
    bureau: {
      id: '1',
      code: 'demo',
      name: say('临澜市城乡水务局', 'Linlan Water Bureau'),
      goLiveOn: '2026-01-01',
      demo: true,
    },
    today: demoDay,
    post: say('党组办公室', 'Party office'),
    roles: ['office'],
    holdings: [],
    mandates: [],
    onBehalfOf: null,
  }
  const View = shown.view
  return (
    <SessionProvider session={session}>
      <Shell
        session={session}
        at={shown.at}
        route="/duties"
        rail={shown.rail ?? false}
        exists={() => true}
        counts={{ documents: 23 }}
        onActFor={() => undefined}
        onSignOut={() => undefined}
      >
        <View />
      </Shell>
    </SessionProvider>
  )
}

const root = createRootRoute({ component: Outlet })
const all = createRoute({ getParentRoute: () => root, path: '$', component: Sampled })
const router = createRouter({
  routeTree: root.addChildren([all]),
  history: createMemoryHistory({ initialEntries: [`/x${location.search}`] }),
})

await switchLanguage(asked.get('lang') === 'en' ? 'en' : asked.get('lang') === 'zh' ? 'zh' : currentLanguage())
const host = document.getElementById('root')
if (host)
  createRoot(host).render(
    <QueryClientProvider client={new QueryClient()}>
      <Frame>
        <TodayProvider day={demoDay}>
          <RouterProvider router={router as never} />
        </TodayProvider>
      </Frame>
    </QueryClientProvider>,
  )
