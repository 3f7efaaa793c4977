export function DutyPage() {
  return null
}
