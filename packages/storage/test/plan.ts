import type { Database } from 'better-sqlite3';

/** How SQLite would carry out a statement: one line for each step. */
export const planOf = (db: Database, sql: string): string[] =>
  db
    .prepare<[], { readonly detail: string }>(
      `EXPLAIN QUERY PLAN ${sql.replaceAll(/[:?]\w*/g, "'1'").replaceAll("= '1'", '= 1')}`,
    )
    .all()
    .map(({ detail }) => detail);
