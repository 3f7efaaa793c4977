import { createContext, type ReactNode, useContext } from 'react'
import { shanghaiDay } from '../../src/core/calendar/days.ts'
import type { Session } from '../../src/modules/accounts/session.contract.ts'
import { type Formats, makeFormats } from './format.ts'
import { useLanguage } from './language.ts'

const Current = createContext<Session | null>(null)

/** Gives the pages below the person who is signed in. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Current value={session}>{children}</Current>
}

/** The person who is signed in; null on the pages before signing in. */
export function useSession(): Session | null {
  return useContext(Current)
}

/** Whose day the pages show: the principal's while somebody acts for him, else that of the person who is signed in. */
export function useHolder(): Pick<Session, 'personId' | 'roles' | 'holdings'> | null {
  const session = useContext(Current)
  return session?.onBehalfOf ?? session
}

const Today = createContext<string | null>(null)

/** Fixes the day from which the pages below are seen; without it, today in Shanghai. */
export function TodayProvider({ day, children }: { day: string; children: ReactNode }) {
  return <Today value={day}>{children}</Today>
}

/** The civil day from which the page is seen: the server's, before signing in the one of this PC in Shanghai. */
export function useLocalDay(): string {
  const fixed = useContext(Today)
  const session = useContext(Current)
  return fixed ?? session?.today ?? shanghaiDay(new Date())
}

let made: Formats | undefined

/** One set of formats for everybody on the page, made anew when language or day change. */
function formatsFor(language: Formats['language'], today: string): Formats {
  if (made?.language !== language || made.today !== today) made = makeFormats(language, today)
  return made
}

/** Formats of the present language, seen from today in Shanghai. */
export function useFormats(): Formats {
  const language = useLanguage()
  return formatsFor(language, useLocalDay())
}
