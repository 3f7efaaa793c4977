// Made from the migrations by `npm run generate`; a test compares it with them.
import type { ColumnType, Generated } from 'kysely'

export interface AccountCodes {
  org_id: number
  code_hash: Buffer
  account_id: string
  v1: ColumnType<number, never, never>
  expires_at: string
  ended_at: string | null
}

export interface AccountSecrets {
  org_id: number
  account_id: string
  v1: ColumnType<number, never, never>
  password_hash: string | null
  changed_at: string
}

export interface Accounts {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  status: string
  administrator: string | null
  pid: string | null
  user_name: string | null
  user_key: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Activities {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  kind: string
  also_kinds: Generated<string[]>
  happened_on: string
  unit_id: string
  body: string
  hours: number | null
  expected: number | null
  voters: number | null
  present: number | null
  topics: Generated<string[]>
  audience: string | null
  countable: Generated<unknown>
  counts_persons: boolean
  opening: boolean
  withdrawn: boolean
  first_idx: number | null
  title: string | null
  host_pid: string | null
  host_name: string | null
  content: string | null
  proof: string | null
  fields: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface ActivityFacts {
  org_id: ColumnType<number, never, never>
  activity_id: ColumnType<string, never, never>
  version: ColumnType<number, never, never>
  kind: ColumnType<string, never, never>
  also_kinds: ColumnType<string[], never, never>
  happened_on: ColumnType<string, never, never>
  unit_id: ColumnType<string, never, never>
  body: ColumnType<string, never, never>
  hours: ColumnType<number | null, never, never>
  expected: ColumnType<number | null, never, never>
  voters: ColumnType<number | null, never, never>
  present: ColumnType<number | null, never, never>
  topics: ColumnType<string[], never, never>
  audience: ColumnType<string | null, never, never>
  countable: ColumnType<unknown, never, never>
  counts_persons: ColumnType<boolean, never, never>
  opening: ColumnType<boolean, never, never>
  first_idx: ColumnType<number | null, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface ActivityTallies {
  org_id: number
  code: string
  year: number
  unit_id: string
  m1: Generated<number>
  m2: Generated<number>
  m3: Generated<number>
  m4: Generated<number>
  m5: Generated<number>
  m6: Generated<number>
  m7: Generated<number>
  m8: Generated<number>
  m9: Generated<number>
  m10: Generated<number>
  m11: Generated<number>
  m12: Generated<number>
  unsure: Generated<number>
  standing: Generated<number>
  reached: ColumnType<number, never, never>
}

export interface Acts {
  org_id: number
  id: string
  verb: string
  by_account_id: string
  by_pid: string | null
  on_behalf_pid: string | null
  mandate_id: string | null
  reason: string | null
  first_idx: number
  entries: number
}

export interface AppointmentFacts {
  org_id: ColumnType<number, never, never>
  appointment_id: ColumnType<string, never, never>
  post_id: ColumnType<string, never, never>
  pid: ColumnType<string | null, never, never>
  valid_from: ColumnType<string, never, never>
  valid_to: ColumnType<string, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface Appointments {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  post_id: string
  valid_from: string
  valid_to: Generated<string>
  pid: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Attendance {
  org_id: number
  activity_id: string
  pid: string
  version: number
  v1: ColumnType<number, never, never>
  status: string
  note: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface AttendanceFacts {
  org_id: ColumnType<number, never, never>
  activity_id: ColumnType<string, never, never>
  pid: ColumnType<string, never, never>
  status: ColumnType<string, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface AuditEvents {
  org_id: number
  id: string
  at: Generated<string>
  account_id: string | null
  source: string | null
  event: string
  object: string | null
  outcome: string
  code: string | null
  detail: string | null
}

export interface CalendarYears {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  year: number
  source: string
  festivals: unknown
  worked: string[]
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Channels {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  kind: string
  status: string
  settings: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Charges {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  post_id: string
  unit_id: string
  valid_from: string
  valid_to: Generated<string>
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Citations {
  org_id: number
  cite_id: string
  noun: string
  ref_id: string
  times: number
}

export interface CitedDocuments {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  title: string
  aliases: Generated<string[]>
  version_note: string | null
  issued_on: string | null
  merged_into: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface ClassFacts {
  org_id: ColumnType<number, never, never>
  class_id: ColumnType<string, never, never>
  pid: ColumnType<string | null, never, never>
  class: ColumnType<string | null, never, never>
  valid_from: ColumnType<string, never, never>
  valid_to: ColumnType<string, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface ColumnMappings {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  heading_key: string
  fields: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Deliveries {
  org_id: number
  id: string
  channel_id: string
  v1: ColumnType<number, never, never>
  pid: string | null
  on_day: string
  items: number
  state: string
  tried: Generated<number>
  reason: string | null
  at: string
}

export interface DocumentReadings {
  org_id: number
  document_id: string
  catalogue_hash: string
  reading: unknown
  read_at: Generated<string>
}

export interface Documents {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  year: number
  kind: string
  chars: number
  title: string | null
  text: string | null
  sha256: string | null
  encoding: string | null
  file_name: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
  layout: unknown
}

export interface Duties {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  list_id: string | null
  year: number
  no: number
  kind: string
  layer: string
  lead_unit_id: string | null
  support_ids: Generated<string[]>
  unit_ids: string[]
  leader_post_id: string | null
  watcher_post_id: string | null
  deadline: string | null
  cadence: string | null
  origin_noun: string
  origin_id: string | null
  common: Generated<boolean>
  uncounted: boolean
  status: string
  late: boolean
  title: string | null
  measures: unknown
  milestones: unknown
  quote: string | null
  span: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface DutyAmendments {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  list_id: string
  duty_id: string
  no: number
  act: string
  on_day: string
  reason: string | null
  changes: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface DutyClauses {
  org_id: number
  document_id: string
  start_at: number
  state: string
}

export interface DutyDraftSteps {
  org_id: number
  document_id: string
  step: number
  verb: string
  taken_back: unknown
}

export interface DutyDrafts {
  org_id: number
  id: string
  document_id: string
  start_at: number
  end_at: number
  mode: string
  state: string
  title: string
  fields: unknown
  inferred: Generated<unknown>
  duty_id: string | null
  proposes: string | null
}

export interface DutyEventFacts {
  org_id: ColumnType<number, never, never>
  event_id: ColumnType<string, never, never>
  duty_id: ColumnType<string, never, never>
  seq: ColumnType<number, never, never>
  event: ColumnType<string, never, never>
  on_day: ColumnType<string, never, never>
  due_on: ColumnType<string | null, never, never>
  status: ColumnType<string, never, never>
  late: ColumnType<boolean, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface DutyEvents {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  duty_id: string
  seq: number
  event: string
  on_day: string
  due_on: string | null
  status: string
  late: boolean
  by_post_id: string | null
  note: string | null
  detail: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface DutyFacts {
  org_id: ColumnType<number, never, never>
  duty_id: ColumnType<string, never, never>
  year: ColumnType<number, never, never>
  kind: ColumnType<string, never, never>
  layer: ColumnType<string, never, never>
  lead_unit_id: ColumnType<string | null, never, never>
  leader_post_id: ColumnType<string | null, never, never>
  common: ColumnType<boolean, never, never>
  due_on: ColumnType<string | null, never, never>
  status: ColumnType<string, never, never>
  late: ColumnType<boolean, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface DutyLists {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  year: number
  version_no: Generated<number>
  issued_on: string | null
  title: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface DutyNumbers {
  org_id: number
  year: number
  last_no: number
}

export interface DutyOpinions {
  org_id: number
  document_id: string
  state: string
  asked_at: string
  parts: number
  answers: Generated<unknown>
}

export interface DutyReviews {
  org_id: number
  document_id: string
  year: number
  last_step: Generated<number>
  opened_on: string
}

export interface DutyStates {
  org_id: number
  duty_id: string
  status: string
  since: string
  due_on: string | null
  submitted_on: string | null
  closed_on: string | null
  asked_due_on: string | null
  late: boolean
  reopened: number
  extended: number
  last_seq: number
  last_on: string
  last_event: string
}

export interface DutyUnits {
  org_id: number
  unit_id: string
  duty_id: string
}

export interface Erasures {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  basis: string
  fields: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Excuses {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  rule: string
  subject_type: string
  subject_id: string
  unit_id: string
  window_from: string
  until_on: string | null
  reason: string | null
  withdrawn: boolean
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface FeedSettings {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  allowed: boolean
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Feeds {
  org_id: number
  pid: string
  token_hash: Buffer
  language: string
  opened_at: string
}

export interface FestivalReminders {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  festival: string
  year: number
  sent_on: string
  shown_until: string
  unit_ids: string[]
  audiences: string[]
  activity_id: string
  wording: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface FollowOrderEvents {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  order_id: string
  seq: number
  event: string
  on_day: string
  by_post_id: string | null
  note: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface FollowOrderNumbers {
  org_id: number
  year: number
  last_no: number
}

export interface FollowOrders {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  year: number
  no: number
  duty_id: string
  unit_id: string | null
  leader_post_id: string | null
  approver_post_id: string
  unit_ids: string[]
  due_on: string
  status: string
  reason: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface IdempotencyKeys {
  org_id: number
  account_id: string
  key: string
  verb: string
  request_hash: Buffer
  answer: unknown
  at: Generated<string>
}

export interface Instructions {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  given_on: string
  leader_post_id: string
  wording: string | null
  source: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface JournalCheckpoints {
  org_id: number
  size: number
  root: Buffer
  frontier: Buffer[]
  at: Generated<string>
}

export interface JournalEntries {
  org_id: number
  idx: number
  at: string
  act_id: string
  env: Buffer
}

export interface JournalHeads {
  org_id: number
  size: Generated<number>
  last_at: Generated<string>
}

export interface JournalNodes {
  org_id: number
  level: number
  pos: number
  hash: Buffer
}

export interface JournalSalts {
  org_id: number
  idx: number
  salts: Buffer[]
}

export interface MailAddresses {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  status: string
  pid: string | null
  address: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Mandates {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  valid_from: string
  valid_to: string
  principal_pid: string | null
  agent_pid: string | null
  purpose: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
  revoked: Generated<boolean>
}

export interface MembershipFacts {
  org_id: ColumnType<number, never, never>
  branch_id: ColumnType<string, never, never>
  pid: ColumnType<string | null, never, never>
  standing: ColumnType<string, never, never>
  valid_from: ColumnType<string, never, never>
  valid_to: ColumnType<string, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface Memberships {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  branch_id: string
  valid_from: string
  valid_to: Generated<string>
  standing: string
  pid: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface NoticeHours {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  hour: number
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface NoticeLines {
  org_id: number
  pid: string
  line: string
  on_day: string
}

export interface NoticeMornings {
  org_id: number
  on_day: string
}

export interface OpeningFacts {
  org_id: ColumnType<number, never, never>
  opening_id: ColumnType<string, never, never>
  pid: ColumnType<string | null, never, never>
  rule: ColumnType<string, never, never>
  amount: ColumnType<number | null, never, never>
  covers_to: ColumnType<string, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface OpeningHours {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  rule: string
  covers_to: string
  withdrawn: boolean
  amount: number | null
  pid: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Orgs {
  org_id: number
  id: string
  code: string
  name: string
  suite: Generated<string>
  go_live_on: string
  demo: Generated<boolean>
}

export interface PersonClasses {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  class: string | null
  valid_from: string
  valid_to: Generated<string>
  pid: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface PersonExcuses {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  rule: string
  pid: string
  unit_id: string | null
  window_from: string
  until_on: string | null
  reason: string | null
  withdrawn: boolean
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface PersonIds {
  org_id: number
  pid: string
  person_id: string | null
  erased_idx: number | null
}

export interface Persons {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  name: string | null
  staff_no: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Plans {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  item: string
  kind: string | null
  year: number
  unit_id: string
  unit_ids: string[]
  month: string
  planned_on: string | null
  title: string | null
  topics: string[]
  initiator_post_id: string | null
  counterpart_post_id: string | null
  kept_activity_id: string | null
  kept_on: string | null
  withdrawn: boolean
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Posts {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  unit_id: string
  kind: string
  position: number
  valid_from: string
  valid_to: Generated<string>
  title: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface ReportDrafts {
  org_id: number
  id: string
  title: string
  year: number
  from_on: string
  to_on: string
  unit_id: string | null
  text: string
  reading: unknown
  bindings: Generated<unknown>
  opened_at: Generated<string>
  opened_by: string | null
  report_id: string | null
  seen_size: number | null
  withdrawn_at: string | null
}

export interface Reports {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  year: number
  from_on: string
  to_on: string
  organisation_day: string
  as_of: number
  catalogue_hash: string
  digest: string
  withdrawn: Generated<boolean>
  title: string | null
  source: string | null
  filled: string | null
  pieces: unknown
  figures: unknown
  remarks: unknown
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface RuleConfirmations {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  rule: string
  valid_from: string | null
  source: string | null
  article: string | null
  withdrawn: boolean
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface RulePacks {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  pack: string
  valid_from: string
  digest: string
  title: string | null
  text: string | null
  withdrawn: boolean
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface RuleParameters {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  rule: string
  param: string
  value: string
  valid_from: string
  source: string | null
  withdrawn: boolean
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Sessions {
  org_id: number
  token_hash: Buffer
  account_id: string
  v1: ColumnType<number, never, never>
  opened_at: string
  seen_at: string
  expires_at: string
  ended_at: string | null
}

export interface StatementFacts {
  org_id: ColumnType<number, never, never>
  statement_id: ColumnType<string, never, never>
  pid: ColumnType<string | null, never, never>
  statement: ColumnType<string, never, never>
  year: ColumnType<number, never, never>
  stated_on: ColumnType<string | null, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface Statements {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  statement: string
  year: number
  withdrawn: boolean
  stated_on: string | null
  pid: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface TalkFacts {
  org_id: ColumnType<number, never, never>
  talk_id: ColumnType<string, never, never>
  version: ColumnType<number, never, never>
  kind: ColumnType<string, never, never>
  month: ColumnType<string, never, never>
  number: ColumnType<number, never, never>
  audience: ColumnType<string | null, never, never>
  opening: ColumnType<boolean, never, never>
  first_idx: ColumnType<number | null, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface TalkPairs {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  talk_id: string
  shape: string
  held_on: string | null
  unit_id: string | null
  initiator_pid: string | null
  counterpart_pid: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Talks {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  kind: string
  shape: string
  month: string
  number: number
  audience: string | null
  opening: boolean
  withdrawn: boolean
  first_idx: number | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface TallyStates {
  org_id: number
  code: string
  counted_size: number
  stale: Generated<boolean>
  standing_years: Generated<number[]>
  ground: Generated<string>
}

export interface UnitFacts {
  org_id: ColumnType<number, never, never>
  unit_id: ColumnType<string, never, never>
  parent_id: ColumnType<string | null, never, never>
  kind: ColumnType<string, never, never>
  position: ColumnType<number, never, never>
  valid_from: ColumnType<string, never, never>
  valid_to: ColumnType<string, never, never>
  name: ColumnType<string | null, never, never>
  recorded_idx: ColumnType<number, never, never>
  superseded_idx: ColumnType<number, never, never>
}

export interface UnitPeriods {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  unit_id: string
  parent_id: string | null
  position: number
  valid_from: string
  valid_to: Generated<string>
  name: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface Units {
  org_id: number
  id: string
  version: number
  v1: ColumnType<number, never, never>
  kind: string
  code: string | null
  recorded_idx: number
  superseded_idx: Generated<number>
}

export interface DB {
  account_codes: AccountCodes
  account_secrets: AccountSecrets
  accounts: Accounts
  activities: Activities
  activity_facts: ActivityFacts
  activity_tallies: ActivityTallies
  acts: Acts
  appointment_facts: AppointmentFacts
  appointments: Appointments
  attendance: Attendance
  attendance_facts: AttendanceFacts
  audit_events: AuditEvents
  calendar_years: CalendarYears
  channels: Channels
  charges: Charges
  citations: Citations
  cited_documents: CitedDocuments
  class_facts: ClassFacts
  column_mappings: ColumnMappings
  deliveries: Deliveries
  document_readings: DocumentReadings
  documents: Documents
  duties: Duties
  duty_amendments: DutyAmendments
  duty_clauses: DutyClauses
  duty_draft_steps: DutyDraftSteps
  duty_drafts: DutyDrafts
  duty_event_facts: DutyEventFacts
  duty_events: DutyEvents
  duty_facts: DutyFacts
  duty_lists: DutyLists
  duty_numbers: DutyNumbers
  duty_opinions: DutyOpinions
  duty_reviews: DutyReviews
  duty_states: DutyStates
  duty_units: DutyUnits
  erasures: Erasures
  excuses: Excuses
  feed_settings: FeedSettings
  feeds: Feeds
  festival_reminders: FestivalReminders
  follow_order_events: FollowOrderEvents
  follow_order_numbers: FollowOrderNumbers
  follow_orders: FollowOrders
  idempotency_keys: IdempotencyKeys
  instructions: Instructions
  journal_checkpoints: JournalCheckpoints
  journal_entries: JournalEntries
  journal_heads: JournalHeads
  journal_nodes: JournalNodes
  journal_salts: JournalSalts
  mail_addresses: MailAddresses
  mandates: Mandates
  membership_facts: MembershipFacts
  memberships: Memberships
  notice_hours: NoticeHours
  notice_lines: NoticeLines
  notice_mornings: NoticeMornings
  opening_facts: OpeningFacts
  opening_hours: OpeningHours
  orgs: Orgs
  person_classes: PersonClasses
  person_excuses: PersonExcuses
  person_ids: PersonIds
  persons: Persons
  plans: Plans
  posts: Posts
  report_drafts: ReportDrafts
  reports: Reports
  rule_confirmations: RuleConfirmations
  rule_packs: RulePacks
  rule_parameters: RuleParameters
  sessions: Sessions
  statement_facts: StatementFacts
  statements: Statements
  talk_facts: TalkFacts
  talk_pairs: TalkPairs
  talks: Talks
  tally_states: TallyStates
  unit_facts: UnitFacts
  unit_periods: UnitPeriods
  units: Units
}
