import { pick } from '@xmpp-groups/core/codec';
import type { BareJid } from '@xmpp-groups/core/jid';
import { type PermissionEntry, permissions, rights } from '@xmpp-groups/core/xabber';
import { type Form, formField, formOf } from '@xmpp-groups/core/xep';
import { NS, type XmlElement } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';
import { payloadOf } from './payload.js';

/** Who may do what in a group: what clients of the protocol do about it (reference 9 and 16.2). */
export interface GroupRights {
  /** One's own rights, or those of another member that can be changed, as xabber-web asks for them. */
  rights(group: BareJid, id?: string): Promise<Form>;
  /** Submits changes in such a form; resolves with the form that answers. */
  setRights(group: BareJid, id: string, values: Readonly<Record<string, string>>): Promise<Form>;
  /** What a member may do, as Xabber for iOS asks for it; oneself without `target`. */
  permissions(group: BareJid, target?: string): Promise<readonly PermissionEntry[]>;
  setPermissions(group: BareJid, target: string, entries: readonly PermissionEntry[]): Promise<void>;
}

const EMPTY = { permissions: [], restrictions: [] };

export function groupRights(client: XmppClient): GroupRights {
  const formIn = (answer: XmlElement): Form => {
    const read = pick(rights, payloadOf(answer));
    if (!read?.ok || read.value.form === undefined) throw new Error('no form with rights in the answer');
    return read.value.form;
  };

  return {
    rights: async (group, id = '') =>
      formIn(await client.iq(group, 'get', rights.build({ ...EMPTY, user: { id } }))),
    setRights: async (group, id, values) => {
      const fields = Object.entries(values).map(([name, value]) =>
        formField({ var: name, type: 'list-single', values: value === '' ? [] : [value] }),
      );
      const user = formField({ var: 'user-id', type: 'hidden', values: [id] });
      const form = formOf('submit', NS.groupsRights, [user, ...fields]);
      return formIn(await client.iq(group, 'set', rights.build({ ...EMPTY, form })));
    },
    permissions: async (group, target = '') => {
      const question = permissions.build({ target, permissions: [] });
      const answer = pick(permissions, payloadOf(await client.iq(group, 'get', question)));
      if (!answer?.ok) throw new Error('no permissions in the answer');
      return answer.value.permissions;
    },
    setPermissions: async (group, target, entries) => {
      await client.iq(group, 'set', permissions.build({ target, permissions: entries }));
    },
  };
}
