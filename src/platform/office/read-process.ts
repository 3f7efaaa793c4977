import { readDocx } from './docx.ts'
import { OfficeRefusal } from './office-refusal.ts'
import { readXlsx } from './xlsx.ts'

process.once('message', async ({ family, bytes }: { family: 'word' | 'xl'; bytes: Uint8Array }) => {
  try {
    process.send?.({ read: family === 'xl' ? await readXlsx(bytes) : readDocx(bytes) })
  } catch (error) {
    if (!(error instanceof OfficeRefusal)) throw error
    process.send?.({ refusal: { code: error.code, details: error.details } })
  }
})
