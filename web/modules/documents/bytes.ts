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

/** How an encoding is written: names of standards in capitals, file formats as their endings are. */
export function encodingText(encoding: string | null): string {
  return encoding === null || encoding === 'docx' ? (encoding ?? '') : encoding.toUpperCase()
}
