import { parentPort, workerData } from 'node:worker_threads'
import { readDocx } from './docx.ts'
import { OfficeRefusal } from './office-refusal.ts'
import { readXlsx } from './xlsx.ts'

const { family, bytes } = workerData as { family: 'word' | 'xl'; bytes: Uint8Array }

try {
  parentPort?.postMessage({ read: family === 'xl' ? await readXlsx(bytes) : readDocx(bytes) })
} catch (error) {
  if (!(error instanceof OfficeRefusal)) throw error
  parentPort?.postMessage({ refusal: { code: error.code, details: error.details } })
}
