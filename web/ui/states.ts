/** The two languages of the product; Chinese comes first. */
export type Language = 'zh' | 'en'

/** A drawing of the mark set; `word` stands for states that are written and have no mark. */
export type Shape =
  | 'disc'
  | 'half'
  | 'triangle'
  | 'square'
  | 'bar'
  | 'dashed'
  | 'diamond'
  | 'dot'
  | 'play'
  | 'hands'
  | 'back'
  | 'thin'
  | 'word'

/** One state: its word in both languages, ink and ground (hex), mark, and the ink of its word. */
export type StateLook = {
  zh: string
  en: string
  ink: string
  ground: string
  shape: Shape
  text: 'state' | 'ink' | 'ink2' | 'ink3'
}

/** The table of all states: words, colours and shapes for tags, marks, charts, print and sheets alike. */
export const states = {
  done: { zh: '已完成', en: 'Done', ink: '#1b7a43', ground: '#eaf4ee', shape: 'disc', text: 'ink2' },
  soon: { zh: '临期', en: 'Due soon', ink: '#935600', ground: '#fbf2e1', shape: 'half', text: 'state' },
  late: { zh: '逾期', en: 'Late', ink: '#b3261e', ground: '#fcecea', shape: 'triangle', text: 'state' },
  goodlate: { zh: '逾期补办', en: 'Made good late', ink: '#7a3e86', ground: '#f5edf7', shape: 'square', text: 'state' },
  excused: { zh: '免办', en: 'Excused', ink: '#5f656a', ground: '#f0f0ed', shape: 'bar', text: 'state' },
  expected: {
    zh: '一般应办·未办',
    en: 'Expected, not done',
    ink: '#35627f',
    ground: '#ecf2f6',
    shape: 'dashed',
    text: 'state',
  },
  unknown: { zh: '待查明', en: 'Unknown', ink: '#5f656a', ground: '#f0f0ed', shape: 'diamond', text: 'state' },
  planned: { zh: '已计划', en: 'Planned', ink: '#24539c', ground: '#eef2f9', shape: 'dot', text: 'ink2' },
  progress: { zh: '推进中', en: 'In progress', ink: '#24539c', ground: '#eef2f9', shape: 'play', text: 'ink2' },
  awaiting: {
    zh: '待验收',
    en: 'Awaiting acceptance',
    ink: '#24539c',
    ground: '#eef2f9',
    shape: 'hands',
    text: 'ink2',
  },
  returned: { zh: '已退回', en: 'Returned', ink: '#4c5257', ground: '#f0f0ed', shape: 'back', text: 'ink' },
  notdue: { zh: '未到期', en: 'Not yet due', ink: '#878c91', ground: '#f9f9f7', shape: 'thin', text: 'ink3' },
  none: { zh: '不设', en: 'None', ink: '#666c72', ground: '#f9f9f7', shape: 'word', text: 'ink3' },
} as const satisfies Record<string, StateLook>

/** The name of a state in the table. */
export type StateName = keyof typeof states

/** All states in the order of the table. */
export const stateNames = Object.keys(states) as StateName[]

/** What is shown when several states hold at once: the first of these that holds, else the state itself. */
export const precedence: readonly StateName[] = ['late', 'unknown', 'planned', 'soon']

/** The word of a state in one language. */
export function stateWord(state: StateName, language: Language): string {
  return states[state][language]
}

/** The colour of a state's word, as a CSS value. */
export function stateInk(state: StateName): string {
  const { text } = states[state]
  return text === 'state' ? `var(--st-${state})` : `var(--${text})`
}

/** The state that wins of those that hold. */
export function leadingState(held: readonly StateName[]): StateName | undefined {
  return precedence.find((state) => held.includes(state)) ?? held[0]
}
