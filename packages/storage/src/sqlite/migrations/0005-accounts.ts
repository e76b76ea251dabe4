/**
 * The users whom a server asks for by external authentication. `password` is a text in the form that whoever
 * writes it reads again, never the password itself. `created_at` is in milliseconds.
 */
export const accounts = `
CREATE TABLE accounts (
  jid TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
`;
