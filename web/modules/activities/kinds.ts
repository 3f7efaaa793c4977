import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** A field of one kind's own; `choices` and `list` say from what a choice is made. */
export type KindField =
  | { id: string; type: 'text'; max: number }
  | { id: string; type: 'number'; min: number; max: number; whole: boolean }
  | { id: string; type: 'boolean' }
  | { id: string; type: 'choice'; choices: readonly string[] }
  | { id: string; type: 'choice'; list: 'audiences' }

/** A kind of activity as a page needs it: who holds it, how attendance is taken, whether votes are. */
export type ActivityKind = {
  id: string
  group: 'study' | 'meeting' | 'branch-life' | 'education' | 'research' | 'oversight' | 'rules' | 'other'
  bodies: readonly string[]
  attendance: 'roster' | 'body' | 'number' | 'none'
  mayVote: boolean
  fields: readonly KindField[]
}

/** The kinds of the catalogue; kinds.test.ts compares. */
export const activityKinds: readonly ActivityKind[] = [
  {
    id: 'central-group-study',
    group: 'study',
    bodies: ['leading-group'],
    attendance: 'body',
    mayVote: false,
    fields: [
      { id: 'form', type: 'choice', choices: ['discussion', 'extended', 'lecture', 'on-site'] },
      { id: 'readings', type: 'text', max: 500 },
    ],
  },
  {
    id: 'topic-study',
    group: 'study',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'general-branch', 'branch', 'department', 'subordinate'],
    attendance: 'roster',
    mayVote: false,
    fields: [{ id: 'readings', type: 'text', max: 500 }],
  },
  {
    id: 'conveying-session',
    group: 'study',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'general-branch', 'branch', 'department', 'subordinate'],
    attendance: 'roster',
    mayVote: false,
    fields: [{ id: 'issuer-document', type: 'text', max: 300 }],
  },
  {
    id: 'publicity-talk',
    group: 'study',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'general-branch', 'branch', 'department', 'subordinate'],
    attendance: 'number',
    mayVote: false,
    fields: [
      { id: 'audience', type: 'choice', list: 'audiences' },
      { id: 'speaker', type: 'choice', choices: ['own', 'visiting'] },
    ],
  },
  {
    id: 'training-course',
    group: 'study',
    bodies: ['bureau', 'organ-committee', 'general-branch', 'branch', 'department', 'subordinate'],
    attendance: 'roster',
    mayVote: false,
    fields: [
      { id: 'audience', type: 'choice', list: 'audiences' },
      { id: 'days', type: 'number', min: 0.5, max: 90, whole: false },
      { id: 'form', type: 'choice', choices: ['own', 'sent', 'online'] },
    ],
  },
  {
    id: 'leading-group-meeting',
    group: 'meeting',
    bodies: ['leading-group'],
    attendance: 'body',
    mayVote: true,
    fields: [
      { id: 'extended', type: 'boolean' },
      { id: 'vote-held', type: 'boolean' },
      { id: 'voters-present', type: 'number', min: 0, max: 5000, whole: true },
    ],
  },
  {
    id: 'strict-governance-meeting',
    group: 'meeting',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'subordinate'],
    attendance: 'number',
    mayVote: false,
    fields: [],
  },
  {
    id: 'situation-analysis',
    group: 'oversight',
    bodies: ['leading-group', 'organ-committee', 'organ-discipline', 'subordinate'],
    attendance: 'number',
    mayVote: false,
    fields: [],
  },
  {
    id: 'duty-report-session',
    group: 'oversight',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'general-branch', 'branch', 'subordinate'],
    attendance: 'number',
    mayVote: false,
    fields: [],
  },
  {
    id: 'follow-up-check',
    group: 'oversight',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'organ-discipline', 'department'],
    attendance: 'none',
    mayVote: false,
    fields: [{ id: 'units-checked', type: 'number', min: 1, max: 2000, whole: true }],
  },
  {
    id: 'branch-general-meeting',
    group: 'branch-life',
    bodies: ['branch', 'general-branch'],
    attendance: 'roster',
    mayVote: true,
    fields: [
      { id: 'vote-held', type: 'boolean' },
      { id: 'voters-present', type: 'number', min: 0, max: 5000, whole: true },
    ],
  },
  {
    id: 'branch-committee-meeting',
    group: 'branch-life',
    bodies: ['branch', 'general-branch'],
    attendance: 'body',
    mayVote: true,
    fields: [
      { id: 'vote-held', type: 'boolean' },
      { id: 'voters-present', type: 'number', min: 0, max: 5000, whole: true },
    ],
  },
  {
    id: 'subgroup-meeting',
    group: 'branch-life',
    bodies: ['subgroup', 'branch'],
    attendance: 'roster',
    mayVote: false,
    fields: [],
  },
  {
    id: 'party-lecture',
    group: 'branch-life',
    bodies: ['leading-group', 'organ-committee', 'general-branch', 'branch'],
    attendance: 'roster',
    mayVote: false,
    fields: [
      { id: 'lecturer', type: 'choice', choices: ['secretary', 'leader', 'branch-secretary', 'member', 'guest'] },
    ],
  },
  {
    id: 'theme-party-day',
    group: 'branch-life',
    bodies: ['organ-committee', 'general-branch', 'branch'],
    attendance: 'roster',
    mayVote: false,
    fields: [],
  },
  {
    id: 'org-life-meeting',
    group: 'branch-life',
    bodies: ['general-branch', 'branch', 'subgroup'],
    attendance: 'roster',
    mayVote: false,
    fields: [
      { id: 'special', type: 'boolean' },
      { id: 'measures', type: 'number', min: 0, max: 500, whole: true },
    ],
  },
  {
    id: 'democratic-life-meeting',
    group: 'meeting',
    bodies: ['leading-group', 'subordinate'],
    attendance: 'body',
    mayVote: false,
    fields: [
      { id: 'special', type: 'boolean' },
      { id: 'measures', type: 'number', min: 0, max: 500, whole: true },
    ],
  },
  {
    id: 'member-appraisal',
    group: 'branch-life',
    bodies: ['general-branch', 'branch'],
    attendance: 'roster',
    mayVote: false,
    fields: [
      { id: 'outstanding', type: 'number', min: 0, max: 5000, whole: true },
      { id: 'qualified', type: 'number', min: 0, max: 5000, whole: true },
      { id: 'basically-qualified', type: 'number', min: 0, max: 5000, whole: true },
      { id: 'unqualified', type: 'number', min: 0, max: 5000, whole: true },
      { id: 'feedback-given', type: 'boolean' },
    ],
  },
  {
    id: 'warning-education',
    group: 'education',
    bodies: [
      'bureau',
      'leading-group',
      'organ-committee',
      'organ-discipline',
      'general-branch',
      'branch',
      'department',
      'subordinate',
    ],
    attendance: 'number',
    mayVote: false,
    fields: [{ id: 'form', type: 'choice', choices: ['meeting', 'film', 'case-notice', 'base-visit', 'court'] }],
  },
  {
    id: 'discipline-education',
    group: 'education',
    bodies: [
      'bureau',
      'leading-group',
      'organ-committee',
      'organ-discipline',
      'general-branch',
      'branch',
      'department',
      'subordinate',
    ],
    attendance: 'number',
    mayVote: false,
    fields: [],
  },
  {
    id: 'integrity-culture',
    group: 'education',
    bodies: [
      'bureau',
      'leading-group',
      'organ-committee',
      'organ-discipline',
      'general-branch',
      'branch',
      'department',
      'subordinate',
    ],
    attendance: 'number',
    mayVote: false,
    fields: [],
  },
  {
    id: 'integrity-reminder',
    group: 'education',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'organ-discipline', 'department', 'subordinate'],
    attendance: 'none',
    mayVote: false,
    fields: [
      { id: 'audience', type: 'choice', list: 'audiences' },
      {
        id: 'occasion',
        type: 'choice',
        choices: [
          'new-year',
          'spring-festival',
          'qingming',
          'labour-day',
          'dragon-boat',
          'mid-autumn',
          'national-day',
          'other',
        ],
      },
    ],
  },
  {
    id: 'research-visit',
    group: 'research',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'branch', 'department', 'subordinate'],
    attendance: 'number',
    mayVote: false,
    fields: [
      { id: 'places', type: 'number', min: 1, max: 2000, whole: true },
      { id: 'subject', type: 'text', max: 200 },
    ],
  },
  {
    id: 'research-report',
    group: 'research',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'branch', 'department', 'subordinate'],
    attendance: 'none',
    mayVote: false,
    fields: [
      { id: 'measures-taken', type: 'boolean' },
      { id: 'subject', type: 'text', max: 200 },
    ],
  },
  {
    id: 'rule-issued',
    group: 'rules',
    bodies: ['bureau', 'leading-group', 'organ-committee', 'organ-discipline', 'department', 'subordinate'],
    attendance: 'none',
    mayVote: false,
    fields: [
      { id: 'act', type: 'choice', choices: ['made', 'revised'] },
      { id: 'number', type: 'text', max: 60 },
    ],
  },
  {
    id: 'branch-election',
    group: 'branch-life',
    bodies: ['organ-committee', 'general-branch', 'branch'],
    attendance: 'roster',
    mayVote: true,
    fields: [
      { id: 'vote-held', type: 'boolean' },
      { id: 'voters-present', type: 'number', min: 0, max: 5000, whole: true },
    ],
  },
  {
    id: 'step-taken',
    group: 'other',
    bodies: [
      'bureau',
      'leading-group',
      'organ-committee',
      'organ-discipline',
      'general-branch',
      'branch',
      'department',
      'subordinate',
    ],
    attendance: 'none',
    mayVote: false,
    fields: [
      {
        id: 'step',
        type: 'choice',
        choices: [
          'term-reminded',
          'plan-together-made',
          'responsibility-list-reviewed',
          'leading-group-rules-reviewed',
          'risk-register-reviewed',
          'inspection-feedback',
          'inspection-rectified',
          'inspection-report-sent',
          'tour-inspection-feedback',
          'tour-inspection-rectified',
          'civil-servants-assessed',
          'civil-servants-reviewed',
          'theory-plan-made',
          'ideology-report-sent',
          'duty-report-sent',
          'democratic-life-report-sent',
          'members-mood-analysed',
        ],
      },
    ],
  },
  {
    id: 'other',
    group: 'other',
    bodies: [
      'bureau',
      'leading-group',
      'organ-committee',
      'organ-discipline',
      'general-branch',
      'branch',
      'subgroup',
      'department',
      'subordinate',
    ],
    attendance: 'number',
    mayVote: false,
    fields: [],
  },
]

/** How somebody stood to an activity; the first is presence, the others are reasons of absence. */
export const attendanceStatuses = ['present', 'excused-unstated', 'excused-duty', 'excused-leave', 'absent'] as const

/** The status of whoever came. */
export const PRESENT = 'present'

/** Finds a kind by its id. */
export function activityKind(id: string): ActivityKind | undefined {
  return activityKinds.find((kind) => kind.id === id)
}

/** Names of catalogue rows in the language of the screen; an id that the page does not know stands for itself. */
export function useKindWords() {
  const { t, i18n } = useTranslation('kinds')
  const language = i18n.language
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  return useMemo(() => {
    const word = (group: string) => (id: string) =>
      String(t(`${group}.${id}` as 'activity.other', { defaultValue: id.replace(/^.*_/, '') }))
    return {
      activity: word('activity'),
      status: word('status'),
      audience: word('audience'),
      topic: word('topic'),
      talk: word('talk'),
      post: word('post'),
      unit: word('unit'),
      field: (kind: string, field: string) => word('field')(`${kind}_${field}`),
      choice: (kind: string, field: string, choice: string) => word('choice')(`${kind}_${field}_${choice}`),
    }
  }, [t, language])
}

/** The names of catalogue rows. */
export type KindWords = ReturnType<typeof useKindWords>
