import type { Shape } from '../shape.ts'
import type { search as zh } from '../zh/search.ts'

export const search: Shape<typeof zh> = {
  title: 'Search',
  found: '{{count}} found for “{{q}}”',
  kinds: 'Kinds',
  all: 'All',
  allOf: 'All {{count}}',
  first: 'Only the first {{count}}; more words narrow it down',
  again: 'Search again',
  hint: 'A few characters; names in pinyin too',
  nothing: 'Type a few characters to search',
  nothingWhy:
    'Duties, follow-up orders, activity records, plans, imported and cited documents, reports, rules, units and persons are searched; names in pinyin or first letters too. Words between blanks must all be there.',
  limits: 'What was said at meetings, talks and views are not searched; nor are records that you may not see.',
  no: 'No. {{no}} ',
  orderNo: 'No. {{no}} of {{year}} ',
  erased: '(content erased)',
  report: { draft: 'draft', frozen: 'frozen' },
  kind: {
    duty: 'Duties',
    order: 'Follow-up orders',
    activity: 'Activity records',
    plan: 'Year plan',
    document: 'Documents',
    cite: 'Cited documents',
    report: 'Reports',
    rule: 'Rules',
    unit: 'Units',
    person: 'Persons',
  },
}
