import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useLoaderData, useMatches, useRouter } from '@tanstack/react-router'
import { closeSession, currentSession } from '../../src/modules/accounts/session.contract.ts'
import { call } from '../lib/client.ts'
import { actFor } from '../lib/principal.ts'
import { readOf } from '../lib/queries.ts'
import { SessionProvider } from '../lib/session.tsx'
import { SignInAgain } from '../modules/accounts/sign-in-again.tsx'
import { Shell } from './shell.tsx'

/** The frame of everybody who is signed in, around the page that is open. */
export function Inside() {
  const router = useRouter()
  const queryClient = useQueryClient()
  const loaded = useLoaderData({ from: '/inside' })
  // Coming back to the page asks again: the day may have turned, a post changed, the session ended.
  const { data: session = loaded } = useQuery({ ...readOf(currentSession, {}), staleTime: 300_000 })
  const matches = useMatches()
  const last = matches.at(-1)
  const signOut = async () => {
    await call(closeSession, {}, { throwSignedOut: true }).catch(() => undefined)
    // A full load leaves nothing of this person in the memory of the page.
    location.assign('/sign-in')
  }
  const standIn = (personId: string | null) => {
    actFor(personId)
    // Every answer on the page was given to somebody else's eyes.
    void queryClient.resetQueries().then(() => router.invalidate())
  }
  return (
    <SessionProvider session={session}>
      <Shell
        session={session}
        onActFor={standIn}
        at={last?.pathname ?? ''}
        route={last?.fullPath ?? ''}
        rail={last?.staticData.rail ?? false}
        exists={(path) => path in router.routesByPath}
        onSignOut={() => void signOut()}
      >
        <Outlet />
      </Shell>
      <SignInAgain />
    </SessionProvider>
  )
}
