import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { atExit } from './at-exit.js';

/** A folder to work in, and what to do with it afterwards. */
export interface Folder {
  readonly path: string;
  /** Removes the folder if it was a temporary one; a folder that the caller named stays. */
  dispose(): void;
}

/** The folder `dir` (made when it is missing), or a new temporary one that is gone after `dispose` or at exit. */
export function openFolder(prefix: string, dir?: string): Folder {
  if (dir !== undefined) {
    const path = resolve(dir);
    mkdirSync(path, { recursive: true });
    return { path, dispose: () => undefined };
  }
  const path = mkdtempSync(join(tmpdir(), `xmpp-groups-${prefix}-`));
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  const callOff = atExit(remove);
  return {
    path,
    dispose: () => {
      callOff();
      remove();
    },
  };
}
