import type { BareJid } from '@xmpp-groups/core/jid';
import type { Book } from '../book.js';
import { hashOf, isPassword, preparePassword } from '../password.js';
import type { Source } from '../source.js';

/** The accounts that are kept in the database, beside the groups. */
export function storedAccounts(book: Book): Source {
  const hashed = (jid: BareJid, signal: AbortSignal) =>
    book.ask((accounts) => accounts.passwordOf(jid), signal);

  const knows = async (jid: BareJid, password: string, signal: AbortSignal): Promise<boolean> => {
    const prepared = preparePassword(password);
    return isPassword(prepared.ok ? prepared.value : '', await hashed(jid, signal));
  };

  const newHash = async (password: string): Promise<string> => {
    const prepared = preparePassword(password);
    if (!prepared.ok) throw new Error(prepared.error);
    return hashOf(prepared.value);
  };

  return async (request, signal) => {
    const { jid } = request;
    switch (request.operation) {
      case 'auth':
        return knows(jid, request.password, signal);
      case 'isuser':
        return (await hashed(jid, signal)) !== undefined;
      case 'setpass': {
        const hash = await newHash(request.password);
        return book.ask((accounts) => accounts.change(jid, hash), signal);
      }
      case 'tryregister': {
        const hash = await newHash(request.password);
        return (await book.ask((accounts) => accounts.add(jid, hash, Date.now()), signal)) === 'added';
      }
      case 'removeuser3':
        if (!(await knows(jid, request.password, signal))) return false;
        return book.ask((accounts) => accounts.remove(jid), signal);
      case 'removeuser':
        return book.ask((accounts) => accounts.remove(jid), signal);
    }
  };
}
