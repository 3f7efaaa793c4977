import { useSession } from '../../lib/session.tsx'

/** Who may open, bind and freeze reports. */
export function useMayWrite(): boolean {
  const roles = useSession()?.roles ?? []
  return roles.includes('office') || roles.includes('secretary')
}
