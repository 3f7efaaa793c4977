import { readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'

const TICKS_PER_SECOND = 100

/** Fields of /proc/PID/stat after the command, from the state on; null when the process is gone. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** Milliseconds of CPU that a process used, user and system. */
export function cpuOf(pid: number): number {
  const fields = statOf(pid)
  return fields === null ? 0 : ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
  return pids.filter((pid) => Number(statOf(pid)?.[1]) === parent)
}

/** Milliseconds of CPU of a PostgreSQL server: all its processes, those that ended meanwhile included. */
export function databaseCpu(postmaster: number): number {
  const ended = statOf(postmaster)
  const reaped = ended === null ? 0 : ((Number(ended[13]) + Number(ended[14])) * 1000) / TICKS_PER_SECOND
  return [postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => sum + cpuOf(pid), reaped)
}

/** Bytes of memory that a process has in RAM, pages shared with others counted whole. */
export function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

/** Bytes of memory of a PostgreSQL server: pages that its processes share are counted once. */
export function databaseMemory(postmaster: number): number {
  return [postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => {
    try {
      return sum + Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
    } catch {
      return sum
    }
  }, 0)
}

/** Process id of the PostgreSQL server of a data folder. */
export function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
}

/** The machine in one line: processor, cores, memory, load of the last minute. */
export function machineLine(): string {
  const [first] = cpus()
  return `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]!.toFixed(1)} at the start`
}
