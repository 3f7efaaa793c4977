import { useSyncExternalStore } from 'react'

/** What the page knows of its line to the server. */
export type Connection = { offline: boolean; signedOut: boolean }

let state: Connection = { offline: false, signedOut: false }
const heard = new Set<() => void>()
let whenOnline: (() => void)[] = []
let whenSignedIn: (() => void)[] = []
const pauses = [1000, 2000, 3000, 5000, 8000, 15000]

function set(change: Partial<Connection>): void {
  state = { ...state, ...change }
  for (const tell of heard) tell()
}

async function reached(): Promise<boolean> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store' })
    return answer.status < 500 || answer.status === 503
  } catch {
    return false
  }
}

async function reconnect(): Promise<void> {
  for (let round = 0; ; round++) {
    await new Promise((done) => setTimeout(done, pauses[Math.min(round, pauses.length - 1)]))
    if (await reached()) break
  }
  const waiting = whenOnline
  whenOnline = []
  set({ offline: false })
  for (const go of waiting) go()
}

/** Resolves when the server answers again; the offline strip shows meanwhile. */
export function lineRestored(signal?: AbortSignal): Promise<void> {
  if (!state.offline) {
    set({ offline: true })
    void reconnect()
  }
  return waitIn((go) => whenOnline.push(go), signal)
}

/** Resolves after the person has signed in again on top of the page. */
export function signedInAgain(signal?: AbortSignal): Promise<void> {
  if (!state.signedOut) set({ signedOut: true })
  return waitIn((go) => whenSignedIn.push(go), signal)
}

/** Lets every call that waits for a session go on. */
export function resumeSession(): void {
  const waiting = whenSignedIn
  whenSignedIn = []
  set({ signedOut: false })
  for (const go of waiting) go()
}

function waitIn(enter: (go: () => void) => void, signal?: AbortSignal): Promise<void> {
  return new Promise((go, stop) => {
    enter(go)
    signal?.addEventListener('abort', () => stop(signal.reason), { once: true })
  })
}

/** The state of the line, as a hook. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (tell) => {
      heard.add(tell)
      return () => heard.delete(tell)
    },
    () => state,
  )
}
