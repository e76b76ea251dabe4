// A thread that copies the journal of a database into the database, when it is told to. JavaScript, because tests start
// it from here, where Node reads no TypeScript; `tsc` checks it like the rest.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const open = () => {
  const opened = new Database(workerData.file, { fileMustExist: true });
  // The database is synced before anything in the journal may be written over.
  opened.pragma('synchronous = FULL');
  return opened;
};

/** @type {Database.Database | undefined} */
let db;

parentPort?.on('message', (wanted) => {
  if (wanted === 'end') {
    db?.close();
    parentPort?.close();
    return;
  }
  try {
    db ??= open();
    // Passive: neither who reads nor who writes waits for it.
    db.pragma('wal_checkpoint(PASSIVE)');
    parentPort?.postMessage({});
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError)) throw cause;
    parentPort?.postMessage({ failure: { message: cause.message, code: cause.code } });
  }
});
