const texts = `
CREATE TABLE texts (
  name TEXT NOT NULL PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;
`;

export const migrations: readonly string[] = [texts];
