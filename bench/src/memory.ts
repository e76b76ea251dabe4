import { readFileSync } from 'node:fs';

/** How much memory a process has now, and had at most, in MiB (/proc/PID/status, VmRSS and VmHWM). */
export function memoryMiB(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { now: read('VmRSS'), most: read('VmHWM') };
}
