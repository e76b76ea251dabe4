/** When a member joined, in milliseconds. Who is there already is no newcomer: 0. */
export const newcomers = `
ALTER TABLE members ADD COLUMN joined_at INTEGER NOT NULL DEFAULT 0;
`;
