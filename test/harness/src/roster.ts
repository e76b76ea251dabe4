import { elementsOf, textOf, type XmlElement, xml } from '@xmpp-groups/core/xml';
import type { Requests } from './requests.js';

const ROSTER = 'jabber:iq:roster';

/** A contact (RFC 6121, section 2.1.2). */
export interface RosterItem {
  readonly jid: string;
  readonly name: string | undefined;
  /** `none`, `to`, `from` or `both`. */
  readonly subscription: string;
  /** Whether the contact has been asked for a subscription and has not answered. */
  readonly asked: boolean;
  readonly groups: readonly string[];
}

/** The client's roster on its server (RFC 6121, section 2). */
export interface Roster {
  get(): Promise<RosterItem[]>;
  /** Adds the contact or changes its name and groups. */
  set(jid: string, options?: { readonly name?: string; readonly groups?: readonly string[] }): Promise<void>;
  /** Removes the contact, which ends the subscriptions both ways. */
  remove(jid: string): Promise<void>;
}

function readItem(item: XmlElement): RosterItem {
  const { attrs } = item;
  return {
    jid: attrs.jid ?? '',
    name: attrs.name,
    subscription: attrs.subscription ?? 'none',
    asked: attrs.ask === 'subscribe',
    groups: elementsOf(item)
      .filter(({ name }) => name === 'group')
      .map(textOf),
  };
}

export function createRoster(request: Requests['request']): Roster {
  const change = async (item: XmlElement): Promise<void> => {
    await request(undefined, 'set', xml('query', { xmlns: ROSTER }, [item]));
  };
  return {
    get: async () => {
      const answer = await request(undefined, 'get', xml('query', { xmlns: ROSTER }));
      return elementsOf(answer).flatMap(elementsOf).map(readItem);
    },
    set: (jid, { name, groups = [] } = {}) =>
      change(
        xml(
          'item',
          { jid, name },
          groups.map((group) => xml('group', {}, [group])),
        ),
      ),
    remove: (jid) => change(xml('item', { jid, subscription: 'remove' })),
  };
}
