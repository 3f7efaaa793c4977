/** The kinds of post and the kinds of unit that have them; kinds.test.ts of the activities compares. */
export const postKinds: readonly { id: string; units: readonly string[] }[] = [
  { id: 'secretary', units: ['leading-group'] },
  { id: 'deputy-secretary', units: ['leading-group'] },
  { id: 'group-member', units: ['leading-group'] },
  { id: 'office-clerk', units: ['organ-committee', 'department', 'bureau'] },
  { id: 'organ-secretary', units: ['organ-committee'] },
  { id: 'organ-deputy-secretary', units: ['organ-committee'] },
  { id: 'organ-committee-member', units: ['organ-committee'] },
  { id: 'discipline-secretary', units: ['organ-discipline'] },
  { id: 'discipline-member', units: ['organ-discipline'] },
  { id: 'department-head', units: ['department'] },
  { id: 'department-deputy', units: ['department'] },
  { id: 'subordinate-head', units: ['subordinate'] },
  { id: 'general-branch-secretary', units: ['general-branch'] },
  { id: 'general-branch-committee-member', units: ['general-branch'] },
  { id: 'branch-secretary', units: ['branch'] },
  { id: 'branch-deputy-secretary', units: ['branch'] },
  { id: 'branch-committee-member', units: ['branch'] },
  { id: 'subgroup-leader', units: ['subgroup'] },
  { id: 'staff', units: ['bureau', 'department', 'subordinate', 'organ-committee', 'organ-discipline'] },
]

/** The kinds of unit and those under which they may stand. */
export const unitKinds: readonly { id: string; parents: readonly string[] }[] = [
  { id: 'bureau', parents: [] },
  { id: 'leading-group', parents: ['bureau'] },
  { id: 'organ-committee', parents: ['bureau', 'leading-group'] },
  { id: 'organ-discipline', parents: ['bureau', 'leading-group', 'organ-committee'] },
  { id: 'general-branch', parents: ['bureau', 'organ-committee', 'subordinate'] },
  { id: 'branch', parents: ['bureau', 'organ-committee', 'general-branch', 'department', 'subordinate'] },
  { id: 'subgroup', parents: ['branch'] },
  { id: 'department', parents: ['bureau', 'department', 'subordinate'] },
  { id: 'subordinate', parents: ['bureau', 'subordinate'] },
]
