import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time that the living threads of a process have used so far, in microseconds. From
 * /proc/PID/task/TID/schedstat, which counts nanoseconds; /proc/PID/stat counts hundredths of a second, too
 * coarse for a component that needs one microsecond for a copy.
 */
export function cpuMicroseconds(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  let nanoseconds = 0;
  for (const task of readdirSync(tasks)) {
    nanoseconds += Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ', 1)[0]);
  }
  return nanoseconds / 1000;
}
