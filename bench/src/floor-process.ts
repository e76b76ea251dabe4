import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FloorArguments, Plan } from './floor-protocol.js';

/** The floor as a process of its own; see `floor.ts`. */
export interface Floor {
  readonly pid: number;
  /** From here on it sends this. Resolves when it knows. */
  plan(plan: Plan): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the floor and waits until the server has accepted it. */
export async function startFloor(args: FloorArguments): Promise<Floor> {
  const child = fork(fileURLToPath(new URL('./floor.js', import.meta.url)), args);
  const exited = once(child, 'exit');
  const hear = async (word: string): Promise<void> => {
    const early = exited.then(([code]) => {
      throw new Error(`The floor ended with exit code ${code}.`);
    });
    const [said] = await Promise.race([once(child, 'message'), early]);
    if (said !== word) throw new Error(`The floor said ${JSON.stringify(said)} and not ${word}.`);
  };
  await hear('ready');
  const { pid } = child;
  if (pid === undefined) throw new Error('The floor has no process id.');
  return {
    pid,
    plan: async (plan) => {
      const known = hear('planned');
      child.send(plan);
      await known;
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
