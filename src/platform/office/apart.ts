import { Worker } from 'node:worker_threads'
import type { DocxText } from './docx.ts'
import { OfficeRefusal, type OfficeRefusalCode } from './office-refusal.ts'
import type { SheetText } from './xlsx.ts'

/** Bounds of the thread in which a file from outside is read. */
export interface ReadLimits {
  readonly seconds: number
  readonly heapMegabytes: number
}

/** What a file may take: beyond it the thread is ended and the file refused. */
export const readLimits: ReadLimits = { seconds: 20, heapMegabytes: 512 }

/** Reads a .docx in a thread of its own with bounds of time and memory. @throws OfficeRefusal */
export function readDocxApart(bytes: Uint8Array, limits: ReadLimits = readLimits): Promise<DocxText> {
  return readApart<DocxText>('word', bytes, limits)
}

/** Reads a .xlsx in a thread of its own with bounds of time and memory. @throws OfficeRefusal */
export function readXlsxApart(bytes: Uint8Array, limits: ReadLimits = readLimits): Promise<readonly SheetText[]> {
  return readApart<readonly SheetText[]>('xl', bytes, limits)
}

interface Answer<T> {
  read?: T
  refusal?: { code: OfficeRefusalCode; details: Record<string, string | number> }
}

function readApart<T>(family: 'word' | 'xl', bytes: Uint8Array, limits: ReadLimits): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: { family, bytes },
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 64 },
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
      void worker.terminate()
    }
    const timer = setTimeout(
      () => end(() => reject(new OfficeRefusal('office/too-heavy', { secondsMax: limits.seconds }))),
      limits.seconds * 1000,
    )
    worker.once('message', ({ read, refusal }: Answer<T>) =>
      end(() => {
        if (refusal !== undefined) reject(new OfficeRefusal(refusal.code, refusal.details))
        else resolve(read as T)
      }),
    )
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() =>
        reject(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new OfficeRefusal('office/too-heavy', { megabytesMax: limits.heapMegabytes })
            : error,
        ),
      ),
    )
    worker.once('exit', () => end(() => reject(new Error('the reading thread ended without an answer'))))
  })
}
