import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DocxText } from './docx.ts'
import { OfficeRefusal, type OfficeRefusalCode } from './office-refusal.ts'
import type { SheetText } from './xlsx.ts'

/** Bounds of the process in which a file from outside is read. */
export interface ReadLimits {
  readonly seconds: number
  readonly heapMegabytes: number
}

/** What a file may take: beyond it the process is ended and the file refused. */
export const readLimits: ReadLimits = { seconds: 20, heapMegabytes: 512 }

/** Reads a .docx in a process of its own with bounds of time and memory. @throws OfficeRefusal */
export function readDocxApart(bytes: Uint8Array, limits: ReadLimits = readLimits): Promise<DocxText> {
  return readApart<DocxText>('word', bytes, limits)
}

/** Reads a .xlsx in a process of its own with bounds of time and memory. @throws OfficeRefusal */
export function readXlsxApart(bytes: Uint8Array, limits: ReadLimits = readLimits): Promise<readonly SheetText[]> {
  return readApart<readonly SheetText[]>('xl', bytes, limits)
}

interface Answer<T> {
  read?: T
  refusal?: { code: OfficeRefusalCode; details: Record<string, string | number> }
}

const script = fileURLToPath(new URL('./read-process.ts', import.meta.url))

// A thread would not do: the heap that the whole program was given on its command line is taken over by every thread.
function readApart<T>(family: 'word' | 'xl', bytes: Uint8Array, limits: ReadLimits): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [], {
      execArgv: [`--max-old-space-size=${limits.heapMegabytes}`],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const tooHeavy = () => new OfficeRefusal('office/too-heavy', { secondsMax: limits.seconds })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => end(() => reject(tooHeavy())), limits.seconds * 1000)
    child.once('message', ({ read, refusal }: Answer<T>) =>
      end(() => {
        if (refusal !== undefined) reject(new OfficeRefusal(refusal.code, refusal.details))
        else resolve(read as T)
      }),
    )
    child.once('error', (error) => end(() => reject(error)))
    // It ends without an answer where memory runs out, and on a defect of the reader: both are the file's end.
    child.once('exit', () => end(() => reject(tooHeavy())))
    child.send({ family, bytes })
  })
}
