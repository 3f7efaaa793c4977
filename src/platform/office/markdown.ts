import { OfficeRefusal } from './office-refusal.ts'

/** The text of a .md file as it stands, heading signs included; what they mean is read later with the outline. @throws OfficeRefusal office/unreadable */
export function readMarkdown(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new OfficeRefusal('office/unreadable', { reason: 'encoding' })
  }
}
