/**
 * What requests were answered with that the server may hand over again. `at`, in milliseconds, is when they happened: no
 * request is handed over again a day later.
 */
export const answers = `
CREATE TABLE answers (
  name TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  payload TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (at);
`;
