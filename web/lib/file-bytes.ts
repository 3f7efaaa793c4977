/** The largest file that the server takes. */
export const fileSizeMax = 5 * 1024 * 1024

/** Files that hold a text, for a choice of files; the old formats are read where the server can convert them. */
export const textFiles = '.txt,.md,.docx,.doc,.wps,.rtf,.pdf,text/plain,text/markdown'

const chunk = 0x8000

/** Bytes in base64, in pieces that a call may carry as arguments. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk))
  return btoa(binary)
}

/** The bytes of a file that a person chose. */
export async function bytesOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer())
}

const fileFormats = ['docx', 'xlsx', 'doc', 'xls', 'wps', 'et', 'rtf', 'pdf']

/** How an encoding is written: names of standards in capitals, file formats as their endings are. */
export function encodingText(encoding: string | null): string {
  return encoding === null || fileFormats.includes(encoding) ? (encoding ?? '') : encoding.toUpperCase()
}

/** True for a name of a file whose tables are looked at before it is taken in. */
export function mayHoldTables(name: string): boolean {
  return fileFormats.some((format) => name.toLowerCase().endsWith(`.${format}`))
}
