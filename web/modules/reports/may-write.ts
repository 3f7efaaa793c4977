import { useSession } from '../../lib/session.tsx'

/** Who may open, bind and freeze reports. */
export function useMayWrite(): boolean {
  const roles = useSession()?.roles ?? []
  return roles.includes('office') || roles.includes('secretary')
}

/** Who may take out an evidence file that opens titles and names. */
export function useMayOpen(): boolean {
  const roles = useSession()?.roles ?? []
  return ['office', 'secretary', 'discipline'].some((role) => roles.includes(role as (typeof roles)[number]))
}
