/** What an element may hold. */
export type Child = Node | string | null | undefined | false

/** Makes an element with attributes and children; texts are always set as text, never as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(
    ...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false),
  )
  return element
}

/** A button with a word on it. */
export function button(label: string, name: string, onClick: () => void): HTMLButtonElement {
  const element = make('button', { type: 'button', class: name }, label)
  element.addEventListener('click', onClick)
  return element
}

/** Terms and what they stand for, as a list of pairs. */
export function pairs(rows: readonly (readonly [string, Child])[]): HTMLDListElement {
  return make('dl', {}, ...rows.map(([term, value]) => make('div', {}, make('dt', {}, term), make('dd', {}, value))))
}

const SVG = 'http://www.w3.org/2000/svg'

/** State mark: a filled disc with a tick where all agrees, a circled cross where something is at fault. */
export function mark(isRight: boolean): SVGSVGElement {
  const svg = shape('svg', {
    viewBox: '0 0 16 16',
    class: isRight ? 'mark right' : 'mark fault',
    'aria-hidden': 'true',
  })
  const line = {
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.8',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  }
  if (isRight) {
    svg.append(shape('circle', { cx: '8', cy: '8', r: '7', fill: 'currentColor' }))
    svg.append(shape('path', { ...line, stroke: '#fff', d: 'M4.7 8.3 7.1 10.6 11.3 5.7' }))
  } else {
    svg.append(shape('circle', { ...line, cx: '8', cy: '8', r: '6.6' }))
    svg.append(shape('path', { ...line, d: 'M5.4 5.4 10.6 10.6M10.6 5.4 5.4 10.6' }))
  }
  return svg
}

function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}
