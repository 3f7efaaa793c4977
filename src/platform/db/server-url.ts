/** The same server under another login or with another database; parameters of an address override its user part. */
export function changeServerUrl(url: string, changes: { user?: string; password?: string; database?: string }): string {
  // `postgres://user@/name?host=/folder` is usual for sockets and no URL by the standard; the host is never used then.
  const changed = URL.canParse(url) ? new URL(url) : new URL(url.replace('@/', '@localhost/'))
  if (changes.database !== undefined) changed.pathname = `/${changes.database}`
  if (changes.user !== undefined) {
    changed.username = ''
    changed.password = ''
    changed.searchParams.set('user', changes.user)
    changed.searchParams.set('password', changes.password ?? '')
  }
  return changed.href
}
