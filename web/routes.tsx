import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router'
import * as z from 'zod'
import { currentSession, type Session } from '../src/modules/accounts/session.contract.ts'
import { listKinds } from '../src/modules/organisation/kind.contract.ts'
import { type Arrive, arrivalAt } from './lib/arrival.ts'
import { ApiError, call } from './lib/client.ts'
import { holdKinds } from './lib/kinds.ts'
import { makeQueryClient } from './lib/queries.ts'
import { activitiesSearch, activitySearch, newActivitySearch } from './modules/activities/search.ts'
import { CitationsAddress } from './modules/citations/address.ts'
import { documentsSearch, reviewSearch } from './modules/documents/search.ts'
import { dutiesSearch, dutySearch, sheetSearch } from './modules/duties/search.ts'
import { followUpsSearch } from './modules/follow-ups/search.ts'
import { HelpAddress } from './modules/help/address.ts'
import { JournalAddress } from './modules/journal/address.ts'
import { meSearch } from './modules/me/search.ts'
import { obligationsSearch } from './modules/obligations/search.ts'
import { organisationSearch } from './modules/organisation/search.ts'
import { plansSearch } from './modules/plans/search.ts'
import { ReportAddress, ReportsAddress } from './modules/reports/address.ts'
import { rulesSearch } from './modules/rules/search.ts'
import { SearchAddress } from './modules/search/address.ts'
import { settingsSearch } from './modules/settings/search.ts'
import { studySearch } from './modules/study/search.ts'
import { talksSearch } from './modules/talks/search.ts'
import { TodayAddress } from './modules/today/address.ts'
import { Inside } from './shell/inside.tsx'
import { PageFault } from './shell/page-fault.tsx'
import { LoadingRows, NoRight } from './ui/messages.tsx'

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    /** Three-pane pages fold the navigation to the rail by themselves. */
    rail?: boolean
  }
}

/** What the web remembers of the server's answers. */
export const queryClient = makeQueryClient()

const root = createRootRoute({ component: Outlet, notFoundComponent: NoRight, errorComponent: PageFault })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ to: z.string().optional(), org: z.string().optional() }),
  component: lazyRouteComponent(() => import('./modules/accounts/sign-in-page.tsx'), 'SignInPage'),
})

const firstUse = createRoute({
  getParentRoute: () => root,
  path: '/first-use',
  validateSearch: z.object({ org: z.string().optional() }),
  component: lazyRouteComponent(() => import('./modules/accounts/first-use-page.tsx'), 'FirstUsePage'),
})

/** The manual is read by everybody, signed in or not. */
const help = createRoute({
  getParentRoute: () => root,
  path: '/help/$',
  validateSearch: HelpAddress,
  component: lazyRouteComponent(() => import('./modules/help/help-page.tsx'), 'HelpPage'),
})

/** Everything behind signing in: the session is known before a page shows. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  loader: async ({ location }): Promise<Session> => {
    try {
      const [session, kinds] = await Promise.all([
        queryClient.ensureQueryData({
          queryKey: [currentSession.name, {}],
          queryFn: ({ signal }) => call(currentSession, {}, { signal, throwSignedOut: true }),
        }),
        // Every page names kinds.
        queryClient.ensureQueryData({
          queryKey: [listKinds.name, {}],
          queryFn: ({ signal }) => call(listKinds, {}, { signal, throwSignedOut: true }),
          staleTime: Number.POSITIVE_INFINITY,
        }),
      ])
      holdKinds(kinds)
      return session
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
    }
  },
  component: Inside,
  notFoundComponent: NoRight,
  errorComponent: PageFault,
})

type Opening = {
  cause: string
  location: { pathname: string; search: unknown }
  parentMatchPromise: Promise<{ loaderData?: unknown }>
}

/** A page whose reads begin as soon as its file is there and the session is known, not only when it is drawn. */
function page<N extends string>(
  load: () => Promise<{ arrive: Arrive } & { readonly [one in N]: RouteComponent }>,
  name: N,
) {
  return {
    component: lazyRouteComponent(load, name) as RouteComponent,
    shouldReload: false,
    loader: async ({ cause, location, parentMatchPromise }: Opening) => {
      if (cause !== 'enter') return
      const [{ arrive }, { loaderData }] = await Promise.all([load(), parentMatchPromise])
      const { pathname: path, search } = location
      if (loaderData) arrive(arrivalAt(queryClient, { session: loaderData as Session, path, search }))
    },
  }
}

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today' })
  },
})

const today = createRoute({
  getParentRoute: () => inside,
  path: '/today',
  validateSearch: TodayAddress,
  ...page(() => import('./modules/today/today-page.tsx'), 'TodayPage'),
})

const documents = createRoute({
  getParentRoute: () => inside,
  path: '/documents',
  validateSearch: documentsSearch,
  component: lazyRouteComponent(() => import('./modules/documents/documents-page.tsx'), 'DocumentsPage'),
})

const review = createRoute({
  getParentRoute: () => inside,
  path: '/documents/$id/review',
  validateSearch: reviewSearch,
  staticData: { rail: true },
  component: lazyRouteComponent(() => import('./modules/documents/review-page.tsx'), 'ReviewPage'),
})

const duties = createRoute({
  getParentRoute: () => inside,
  path: '/duties',
  validateSearch: dutiesSearch,
  ...page(() => import('./modules/duties/duties-page.tsx'), 'DutiesPage'),
})

const sheet = createRoute({
  getParentRoute: () => inside,
  path: '/duties/sheet',
  validateSearch: sheetSearch,
  component: lazyRouteComponent(() => import('./modules/duties/sheet-page.tsx'), 'SheetPage'),
})

const duty = createRoute({
  getParentRoute: () => inside,
  path: '/duties/$no',
  validateSearch: dutySearch,
  ...page(() => import('./modules/duties/duty-page.tsx'), 'DutyPage'),
})

const rules = createRoute({
  getParentRoute: () => inside,
  path: '/rules',
  validateSearch: rulesSearch,
  component: lazyRouteComponent(() => import('./modules/rules/rules-page.tsx'), 'RulesPage'),
})

const followUps = createRoute({
  getParentRoute: () => inside,
  path: '/follow-ups',
  validateSearch: followUpsSearch,
  component: lazyRouteComponent(() => import('./modules/follow-ups/follow-ups-page.tsx'), 'FollowUpsPage'),
})

const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  component: lazyRouteComponent(() => import('./modules/notices/notices-page.tsx'), 'NoticesPage'),
})

const obligations = createRoute({
  getParentRoute: () => inside,
  path: '/obligations',
  validateSearch: obligationsSearch,
  ...page(() => import('./modules/obligations/obligations-page.tsx'), 'ObligationsPage'),
})

const activities = createRoute({
  getParentRoute: () => inside,
  path: '/activities',
  validateSearch: activitiesSearch,
  ...page(() => import('./modules/activities/list-page.tsx'), 'ActivitiesPage'),
})

const newActivity = createRoute({
  getParentRoute: () => inside,
  path: '/activities/new',
  validateSearch: newActivitySearch,
  ...page(() => import('./modules/activities/new-page.tsx'), 'NewActivityPage'),
})

const activity = createRoute({
  getParentRoute: () => inside,
  path: '/activities/$activityId',
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import('./modules/activities/activity-page.tsx'), 'ActivityPage'),
})

const citations = createRoute({
  getParentRoute: () => inside,
  path: '/citations',
  validateSearch: CitationsAddress,
  component: lazyRouteComponent(() => import('./modules/citations/citations-page.tsx'), 'CitationsPage'),
})

const journal = createRoute({
  getParentRoute: () => inside,
  path: '/journal',
  validateSearch: JournalAddress,
  component: lazyRouteComponent(() => import('./modules/journal/journal-page.tsx'), 'JournalPage'),
})

const reports = createRoute({
  getParentRoute: () => inside,
  path: '/reports',
  validateSearch: ReportsAddress,
  component: lazyRouteComponent(() => import('./modules/reports/reports-page.tsx'), 'ReportsPage'),
})

const newReport = createRoute({
  getParentRoute: () => inside,
  path: '/reports/new',
  component: lazyRouteComponent(() => import('./modules/reports/new-report-page.tsx'), 'NewReportPage'),
})

const draft = createRoute({
  getParentRoute: () => inside,
  path: '/reports/$draftId',
  validateSearch: ReportAddress,
  staticData: { rail: true },
  component: lazyRouteComponent(() => import('./modules/reports/draft-page.tsx'), 'DraftPage'),
})

const frozen = createRoute({
  getParentRoute: () => inside,
  path: '/reports/frozen/$reportId',
  validateSearch: ReportAddress,
  staticData: { rail: true },
  component: lazyRouteComponent(() => import('./modules/reports/frozen-page.tsx'), 'FrozenPage'),
})

const talks = createRoute({
  getParentRoute: () => inside,
  path: '/talks',
  validateSearch: talksSearch,
  ...page(() => import('./modules/talks/talks-page.tsx'), 'TalksPage'),
})

const study = createRoute({
  getParentRoute: () => inside,
  path: '/study',
  validateSearch: studySearch,
  component: lazyRouteComponent(() => import('./modules/study/study-page.tsx'), 'StudyPage'),
})

const plans = createRoute({
  getParentRoute: () => inside,
  path: '/plans',
  validateSearch: plansSearch,
  component: lazyRouteComponent(() => import('./modules/plans/plans-page.tsx'), 'PlansPage'),
})

const me = createRoute({
  getParentRoute: () => inside,
  path: '/me',
  validateSearch: meSearch,
  component: lazyRouteComponent(() => import('./modules/me/me-page.tsx'), 'MePage'),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./modules/settings/settings-page.tsx'), 'SettingsPage'),
})

const organisation = createRoute({
  getParentRoute: () => inside,
  path: '/organisation',
  validateSearch: organisationSearch,
  component: lazyRouteComponent(() => import('./modules/organisation/organisation-page.tsx'), 'OrganisationPage'),
})

const onePerson = createRoute({
  getParentRoute: () => inside,
  path: '/persons/$personId',
  component: lazyRouteComponent(() => import('./modules/organisation/person-page.tsx'), 'PersonPage'),
})

const search = createRoute({
  getParentRoute: () => inside,
  path: '/search',
  validateSearch: SearchAddress,
  ...page(() => import('./modules/search/search-page.tsx'), 'SearchPage'),
})

/** Any other address of a person who is signed in keeps the frame around the page that is not there. */
const elsewhere = createRoute({ getParentRoute: () => inside, path: '$', component: NoRight })

/** The pages; a new page is one route here and shows in the navigation by its path. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    firstUse,
    help,
    inside.addChildren([
      home,
      today,
      documents,
      review,
      duties,
      sheet,
      duty,
      obligations,
      followUps,
      notices,
      rules,
      activities,
      newActivity,
      activity,
      talks,
      study,
      plans,
      me,
      settings,
      organisation,
      onePerson,
      citations,
      journal,
      reports,
      newReport,
      draft,
      frozen,
      search,
      elsewhere,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  defaultPendingComponent: () => <LoadingRows />,
  defaultErrorComponent: PageFault,
  scrollRestoration: true,
})
