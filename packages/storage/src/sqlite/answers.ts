import type { Change } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';

const DAY_MS = 86_400_000;

/** Writes down what the requests behind a change are answered with, and forgets what is older than a day. */
export function answerWriter(db: Database): (change: Change) => void {
  const put = db.prepare('INSERT OR REPLACE INTO answers (name, at, payload) VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM answers WHERE at < ?');
  return ({ events, answered = [] }) => {
    const at = events.at(-1)?.at;
    if (at === undefined || answered.length === 0) return;
    for (const { name, payload } of answered) put.run(name, at, payload);
    forget.run(at - DAY_MS);
  };
}

/** The reader of what was written down. */
export function answerReader(db: Database): (name: string) => string | undefined {
  const find = db.prepare<[string], string>('SELECT payload FROM answers WHERE name = ?').pluck();
  return (name) => find.get(name);
}
