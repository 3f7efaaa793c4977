import { useSyncExternalStore } from 'react'

const heard = new Set<() => void>()
let principal: string | null = null

/**
 * The person for whom this page acts under a mandate, or null for oneself. It lives in the memory of the open page only:
 * a new page, or a colleague at the same PC, begins as oneself.
 */
export function currentPrincipal(): string | null {
  return principal
}

/** Goes on acting for somebody, or for oneself with null. */
export function actFor(personId: string | null): void {
  principal = personId
  for (const tell of heard) tell()
}

/** The person for whom the page acts, as a hook. */
export function usePrincipal(): string | null {
  return useSyncExternalStore((tell) => {
    heard.add(tell)
    return () => heard.delete(tell)
  }, currentPrincipal)
}
