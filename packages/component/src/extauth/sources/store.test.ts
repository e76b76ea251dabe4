import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccounts } from '@xmpp-groups/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { request } from '../../../test/extauth-requests.js';
import { type Book, createBook } from '../book.js';
import { storedAccounts } from './store.js';

let folder: string;
let book: Book;
const signal = new AbortController().signal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extauth-store-'));
  book = createBook(() => openAccounts(`sqlite:${join(folder, 'groups.db')}`), 60_000);
});
afterEach(async () => {
  await book.close();
  rmSync(folder, { recursive: true });
});

const ask = (text: string): Promise<boolean> => storedAccounts(book)(request(text), signal);

describe('storedAccounts', () => {
  it.each<{ what: string; steps: readonly (readonly [string, boolean])[] }>([
    {
      what: 'an account from its beginning to its end',
      steps: [
        ['isuser:r:h', false],
        ['auth:r:h:pw', false],
        ['setpass:r:h:pw', false],
        ['removeuser:r:h', false],
        ['tryregister:r:h:pw', true],
        ['tryregister:r:h:other', false],
        ['isuser:r:h', true],
        ['isuser:s:h', false],
        ['isuser:r:i', false],
        ['auth:r:h:pw', true],
        ['auth:r:h:other', false],
        ['auth:r:h:', false],
        ['setpass:r:h:other', true],
        ['auth:r:h:pw', false],
        ['auth:r:h:other', true],
        ['removeuser3:r:h:pw', false],
        ['removeuser3:r:h:other', true],
        ['auth:r:h:other', false],
        ['isuser:r:h', false],
        ['tryregister:r:h:pw', true],
        ['removeuser:r:h', true],
        ['isuser:r:h', false],
      ],
    },
    {
      what: 'passwords of all kinds',
      steps: [
        ['tryregister:a:h:a:b::c', true],
        ['auth:a:h:a:b::c', true],
        ['auth:a:h:a', false],
        ['tryregister:b:h:пароль 🔑', true],
        ['auth:b:h:пароль 🔑', true],
        ['auth:b:h:пароль', false],
        ['tryregister:c:h:cafe\u0301', true],
        ['auth:c:h:caf\u00e9', true],
      ],
    },
    {
      what: 'one account in two spellings',
      steps: [
        ['tryregister:Romeo:Example.COM:pw', true],
        ['auth:romeo:example.com:pw', true],
        ['tryregister:ROMEO:example.com:pw', false],
      ],
    },
  ])('keeps $what', async ({ steps }) => {
    for (const [text, answer] of steps) expect([text, await ask(text)]).toEqual([text, answer]);
  });

  it.each(['tryregister:r:h:', 'setpass:r:h:a\nb'])('tells why %j is refused', async (text) => {
    await expect(ask(text)).rejects.toThrow(/^the password /);
    expect(await ask('isuser:r:h')).toBe(false);
  });
});
