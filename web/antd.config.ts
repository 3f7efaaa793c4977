import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs'
import {
  AutoComplete,
  theme as antdTheme,
  Button,
  Checkbox,
  ConfigProvider,
  Dropdown,
  Empty,
  Input,
  InputNumber,
  Modal,
  Popover,
  Radio,
  Segmented,
  Select,
  Skeleton,
  Space,
  Switch,
  Tooltip,
} from 'antd'
import { createElement, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import type { Plugin, Rolldown } from 'vite'
import { namesOnly, referredOnly } from './lib/left-out.ts'
import { theme } from './ui/theme.ts'

/** One of each control that the pages use, with the parts that it takes in: whoever uses another adds it here. */
const controls: readonly ReactNode[] = [
  createElement(Button, { key: 'button' }),
  createElement(Input, { key: 'input' }),
  createElement(Input.TextArea, { key: 'area' }),
  createElement(Input.Search, { key: 'search' }),
  createElement(Input.Password, { key: 'password' }),
  createElement(InputNumber, { key: 'number' }),
  createElement(Select, { key: 'select' }),
  createElement(AutoComplete, { key: 'complete' }),
  createElement(Checkbox, { key: 'checkbox' }),
  createElement(Radio.Group, { key: 'radio', options: ['a'] }),
  createElement(Switch, { key: 'switch' }),
  createElement(Segmented, { key: 'segmented', options: ['a'] }),
  createElement(Empty, { key: 'empty' }),
  createElement(Skeleton, { key: 'skeleton' }),
  createElement(Space.Compact, { key: 'compact' }),
  createElement(Modal, { key: 'modal' }),
  createElement(Popover, { key: 'popover' }),
  createElement(Tooltip, { key: 'tooltip' }),
  createElement(Dropdown, { key: 'dropdown', menu: { items: [] } }, createElement('i')),
]

/**
 * Styles that are not made though the program names them: a menu stands in a dropdown, which styles it, and the others
 * only come along with controls that the pages use. Whoever uses one of them takes it away here.
 */
const WITHOUT = new Set(['Menu-Menu', 'Modal-confirm', 'Input-OTP', 'Space-Space', 'Addon-Addon'])

/** Draws the controls where no browser is; gives their styles, the names under which these are made, and the tokens. */
function drawn() {
  const cache = createCache()
  let tokens: Record<string, unknown> = {}
  const Tokens = () => {
    tokens = { ...antdTheme.useToken().token }
    return null
  }
  const inside = createElement(ConfigProvider, { theme }, createElement(Tokens), ...controls)
  renderToString(createElement(StyleProvider, { cache }, inside))
  const names = new Set([...cache.cache.keys()].flatMap((key) => /^style%[^%]*%([^%]+)/.exec(key)?.[1] ?? []))
  const css = extractStyle(cache, { plain: true, types: ['token', 'cssVar', 'style'] })
  // The last rule is antd's note to itself. Mixed colours, of dark buttons joined in a row, came after the oldest browser.
  const plain = css.replace(/\.data-ant-cssinjs-cache-path\{.*\}/, '').replace(/[\w-]+:color-mix\([^;{}]*;/g, '')
  // The palettes are there for the styles alone.
  const read = Object.entries(tokens).filter(([name]) => !/\d$/.test(name))
  return { css: referredOnly(plain), names, tokens: Object.fromEntries(read) }
}

/** What stands in the build for the modules of antd that compute tokens and styles in the browser. */
function replacements({ tokens }: ReturnType<typeof drawn>): Record<string, string> {
  const key = JSON.stringify(theme.cssVar.key)
  return {
    'theme/useToken.js': `
      // Whether anything moves is asked where the pages are seen, as in theme.ts.
      const motion = !matchMedia('(prefers-reduced-motion: reduce)').matches
      const tokens = { ...${JSON.stringify(tokens)}, motion }
      export const unitless = {}
      export const getComputedToken = () => tokens
      export default () => [null, tokens, '', tokens, { key: ${key} }, true]`,
    'theme/context.js': `
      import { createContext } from 'react'
      export const defaultTheme = null
      export const defaultConfig = { token: {}, hashed: false }
      export const DesignTokenContext = createContext(defaultConfig)`,
    'theme/util/useResetIconStyle.js': 'export default () => undefined',
    'theme/util/genStyleUtils.js': `
      export const genStyleHooks = () => () => ['', ${key}]
      export const genComponentStyleHook = () => () => ''
      export const genSubStyleComponent = () => () => null
      export const genCssVar = (antd, component) => {
        const name = (one) => '--' + antd.replace(/\\./g, '') + '-' + component + '-' + one
        return [name, (one, other) => 'var(' + name(one) + (other ? ', ' + other : '') + ')']
      }`,
  }
}

const STYLES = 'antd-controls.css'
const ofAntd = (id: string) => /\/antd\/es\/(.*)$/.exec(id)?.[1] ?? ''

/**
 * Makes antd's styles when the pages are built, so that no browser computes them: one style file of the controls in use,
 * in place of the code that would make it. While developing, antd makes its styles in the browser as ever.
 */
export function stylesAhead(): Plugin {
  let made: ReturnType<typeof drawn> | undefined
  let instead: Record<string, string> = {}
  const named = new Map<string, readonly string[]>()
  return {
    name: 'luze-styles-ahead',
    configResolved({ command }) {
      if (command !== 'build') return
      made = drawn()
      instead = replacements(made)
    },
    resolveId: (id) => (id === STYLES ? `\0${STYLES}` : null),
    load(id) {
      if (id === `\0${STYLES}`) return made?.css ?? ''
      return instead[ofAntd(id)] ?? null
    },
    transform(code, id) {
      if (!made || !/(^|\/)style(\/|\.js$)/.test(ofAntd(id))) return null
      const left = namesOnly(code, this.parse(code))
      if (left.names.length === 0) return null
      named.set(id, left.names)
      return { code: left.code, map: null }
    },
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one): one is Rolldown.OutputChunk => one.type === 'chunk')
      const used = new Set(chunks.flatMap(({ modules }) => Object.keys(modules)))
      const unmade = [...named]
        .filter(([id]) => used.has(id))
        .flatMap(([, names]) => names.filter((name) => !made!.names.has(name) && !WITHOUT.has(name)))
      if (unmade.length > 0) this.error(`no styles were made for ${unmade.join(', ')}: see web/antd.config.ts`)
      const gone = Object.keys(instead).filter((path) => ![...this.getModuleIds()].some((id) => ofAntd(id) === path))
      if (gone.length > 0) this.error(`antd has no ${gone.join(', ')} any more: see web/antd.config.ts`)
    },
  }
}
