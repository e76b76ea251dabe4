import { groups } from './0001-groups.js';
import { wholeProtocol } from './0002-whole-protocol.js';
import { privateChats } from './0003-private-chats.js';
import { newcomers } from './0004-newcomers.js';
import { accounts } from './0005-accounts.js';
import { erasure } from './0006-erasure.js';
import { answers } from './0007-answers.js';
import { words } from './0008-words.js';

/** What to run to come from version n to n + 1, at index n. A released one is never changed. */
export const migrations: readonly string[] = [
  groups,
  wholeProtocol,
  privateChats,
  newcomers,
  accounts,
  erasure,
  answers,
  words,
];
