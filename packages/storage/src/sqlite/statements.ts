import type { Database, Statement } from 'better-sqlite3';

/** Statements by their text, each prepared when it is first needed. */
export function statementsFor<P extends object, R>(db: Database): (sql: string) => Statement<[P], R> {
  const prepared = new Map<string, Statement<[P], R>>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare<[P], R>(sql);
    prepared.set(sql, statement);
    return statement;
  };
}
