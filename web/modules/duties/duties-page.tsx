export function DutiesPage() {
  return null
}
