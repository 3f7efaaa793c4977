/** The nonce of this page, put into its meta tag by the server; empty in development. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''

/**
 * Gives the nonce to every style element that the page makes. Dialogs and popovers measure the scroll bar and lock
 * scrolling with a style element of their own, which carries no nonce and would be refused.
 */
export function carryNonce(): void {
  if (!nonce) return
  const make = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options)
    if (name.toLowerCase() === 'style') element.nonce = nonce
    return element
  }) as typeof document.createElement
}
