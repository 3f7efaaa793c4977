import type { ReactNode } from 'react'

/** The cap of a key beside the verb that it starts. */
export function KeyCap({ children }: { children: ReactNode }) {
  return <kbd className="key-cap">{children}</kbd>
}
