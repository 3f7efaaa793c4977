import { useEffect, useRef, useSyncExternalStore } from 'react'

/** A key or sequence of a page: `N`, `G T`, `Ctrl Enter`, `Esc`. */
export type Binding = {
  keys: string
  /** What it does, in the words of the screen. */
  label: string
  group: 'go' | 'page' | 'everywhere'
  run: () => void
}

const memory = 'luze.single-keys'
const layers: Binding[][] = []
const heard = new Set<() => void>()
let listed: readonly Binding[] = []
let pending = ''
let pendingUntil = 0

function tellAll(): void {
  listed = layers.flat()
  for (const tell of heard) tell()
}

/** Whether keys without Ctrl act; a person can switch them off. */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(memory) !== 'off'
  } catch {
    return true
  }
}

/** Switches keys without Ctrl on or off, for this and later visits. */
export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(memory, on ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing keeps the keys on.
  }
  tellAll()
}

/** The text of a key press in the notation of bindings. */
export function keyText(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  if (event.altKey) return ''
  const named = event.key === 'Escape' ? 'Esc' : event.key.length === 1 ? event.key.toUpperCase() : event.key
  return event.ctrlKey || event.metaKey ? `Ctrl ${named}` : named
}

/** Whether a press belongs to a field, so that single keys keep still. */
function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select') !== null
  )
}

function find(keys: string): Binding | undefined {
  return layers.flatMap((layer) => layer.filter((binding) => binding.keys === keys)).at(-1)
}

function onPress(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const pressed = keyText(event)
  const single = !pressed.startsWith('Ctrl ') && pressed !== 'Esc'
  if (!pressed || (single && (!singleKeysOn() || inField(event.target)))) return
  if (event.target instanceof HTMLElement && event.target.closest('[role=dialog]')) return
  const now = Date.now()
  const sequence = pending && now < pendingUntil ? `${pending} ${pressed}` : ''
  pending = ''
  const binding = (sequence && find(sequence)) || find(pressed)
  if (binding) {
    // A focused button keeps its own Enter.
    if (pressed === 'Enter' && event.target instanceof HTMLElement && event.target.closest('button, a, [role=button]'))
      return
    event.preventDefault()
    binding.run()
    return
  }
  if (listed.some((other) => other.keys.startsWith(`${pressed} `))) {
    pending = pressed
    pendingUntil = now + 1500
  }
}

/** Keys that act while the component stands; a later one with the same keys goes first. */
export function useKeys(bindings: readonly Binding[]): void {
  const latest = useRef(bindings)
  latest.current = bindings
  const identity = bindings.map((binding) => `${binding.group}\t${binding.keys}\t${binding.label}`).join('\n')
  useEffect(() => {
    const layer = identity
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Binding => {
        const [group, keys = '', label = ''] = line.split('\t')
        const run = () => latest.current.find((binding) => binding.keys === keys)?.run()
        return { group: group as Binding['group'], keys, label, run }
      })
    if (layers.length === 0) window.addEventListener('keydown', onPress)
    layers.push(layer)
    tellAll()
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) window.removeEventListener('keydown', onPress)
      tellAll()
    }
  }, [identity])
}

/** All keys that act now, for the dialog that lists them. */
export function useAllKeys(): readonly Binding[] {
  return useSyncExternalStore(
    (tell) => {
      heard.add(tell)
      return () => heard.delete(tell)
    },
    () => listed,
  )
}
