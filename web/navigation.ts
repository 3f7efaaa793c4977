import { businessRoles, type Role } from '../src/core/access/actor.ts'
import type { shell } from './words/zh/shell.ts'

/** A place in the navigation; it shows when its page is among the routes and the person holds one of the roles. */
export type NavigationItem = {
  key: keyof typeof shell.item
  group: keyof typeof shell.group
  path: string
  /** Second key after G. */
  go?: string
  roles: readonly Role[]
}

/** The navigation in the order of the loop: assign, perform, decide, supervise, assess, report. */
export const navigation: readonly NavigationItem[] = [
  { key: 'today', group: 'now', path: '/today', go: 'T', roles: businessRoles },
  { key: 'documents', group: 'assign', path: '/documents', go: 'D', roles: ['office', 'supervision-reader'] },
  { key: 'duties', group: 'assign', path: '/duties', go: 'L', roles: businessRoles },
  { key: 'citations', group: 'assign', path: '/citations', roles: businessRoles },
  { key: 'obligations', group: 'perform', path: '/obligations', go: 'O', roles: businessRoles },
  { key: 'activities', group: 'perform', path: '/activities', go: 'R', roles: businessRoles },
  { key: 'plans', group: 'perform', path: '/plans', roles: businessRoles },
  { key: 'talks', group: 'perform', path: '/talks', roles: businessRoles },
  { key: 'study', group: 'perform', path: '/study', roles: businessRoles },
  {
    key: 'followUps',
    group: 'supervise',
    path: '/follow-ups',
    roles: ['office', 'secretary', 'team-member', 'department-head', 'branch-secretary', 'supervision-reader'],
  },
  {
    key: 'reports',
    group: 'report',
    path: '/reports',
    go: 'S',
    roles: ['office', 'secretary', 'discipline', 'supervision-reader'],
  },
  {
    key: 'organisation',
    group: 'manage',
    path: '/organisation',
    roles: ['office', 'supervision-reader', 'system-admin', 'security-admin'],
  },
  { key: 'rules', group: 'manage', path: '/rules', roles: ['office', 'secretary', 'supervision-reader'] },
  {
    key: 'journal',
    group: 'manage',
    path: '/journal',
    roles: ['office', 'secretary', 'discipline', 'supervision-reader', 'audit-admin'],
  },
  {
    key: 'settings',
    group: 'manage',
    path: '/settings',
    roles: ['office', 'system-admin', 'security-admin', 'audit-admin'],
  },
]

/** One's own page, which opens from the name in the bar. */
export const ownPath = '/me'

/** The page where a record is typed (key N). */
export const recordPath = '/activities/new'

/** Who keeps records of activities. */
export const recorders: readonly Role[] = ['office', 'branch-secretary', 'branch-officer', 'department-head']

/** The items that a person finds among the pages that exist. */
export function navigationFor(roles: readonly Role[], exists: (path: string) => boolean): NavigationItem[] {
  return navigation.filter((item) => exists(item.path) && item.roles.some((role) => roles.includes(role)))
}

/** Items by group, in order. */
export function navigationGroups(items: readonly NavigationItem[]): [NavigationItem['group'], NavigationItem[]][] {
  const groups = new Map<NavigationItem['group'], NavigationItem[]>()
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item])
  return [...groups]
}
