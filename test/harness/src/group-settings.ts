import { type Declaration, pick } from '@xmpp-groups/core/codec';
import { type BareJid, localpartOf } from '@xmpp-groups/core/jid';
import { iq } from '@xmpp-groups/core/stanza';
import {
  type GroupInfo,
  groupInfo,
  infoQuery,
  notPresentMark,
  presentMark,
  propertiesQuery,
  removal,
  statusQuery,
  typing,
  update,
  updates,
} from '@xmpp-groups/core/xabber';
import {
  type ChatState,
  type CommandStep,
  chatState,
  command,
  type Form,
  formField,
  formOf,
} from '@xmpp-groups/core/xep';
import { NS, type XmlElement, xml } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** What a client of the protocol does to a group as a whole, and how it says that it shows the chat. */
export interface GroupSettings {
  properties(group: BareJid): Promise<Form>;
  setProperties(group: BareJid, fields: Fields): Promise<Form>;
  status(group: BareJid): Promise<Form>;
  /** Sends the whole form back, as xabber-web does. */
  setStatus(group: BareJid, status: string): Promise<Form>;
  info(group: BareJid): Promise<GroupInfo>;
  /** `''` unpins. */
  pin(group: BareJid, stanzaId: string): Promise<void>;
  remove(group: BareJid): Promise<void>;
  opens(group: BareJid): Promise<void>;
  closes(group: BareJid): Promise<void>;
  /** A chat state without a text. */
  shows(group: BareJid, state: ChatState): Promise<void>;
  /** Whether this device hears who is typing, and the wish to. */
  hearsTyping(group: BareJid): Promise<boolean>;
  hearTyping(group: BareJid, receive: boolean): Promise<void>;
  receivesUpdates(group: BareJid): Promise<boolean>;
  receiveUpdates(group: BareJid, receive: boolean): Promise<void>;
  /** A step of an ad-hoc command. */
  execute(group: BareJid, step: Partial<CommandStep> & { readonly node: string }): Promise<CommandStep>;
}

function payloadOf<T>(answer: XmlElement, declared: Declaration<T>): T {
  const read = iq.parse(answer);
  const found = read.ok ? pick(declared, read.value.payload) : undefined;
  if (!found?.ok) throw new Error(`no ${declared.name} in the answer`);
  return found.value;
}

const formIn = ({ form }: { readonly form?: Form | undefined }): Form => {
  if (form === undefined) throw new Error('no form in the answer');
  return form;
};

const filledIn = (namespace: string, fields: Fields): Form =>
  formOf(
    'submit',
    namespace,
    Object.entries(fields).map(([name, value]) =>
      formField({ var: name, values: typeof value === 'string' ? [value] : value }),
    ),
  );

export function groupSettings(client: XmppClient): GroupSettings {
  const status = async (group: BareJid) =>
    formIn(payloadOf(await client.iq(group, 'get', statusQuery.build({})), statusQuery));
  return {
    properties: async (group) =>
      formIn(payloadOf(await client.iq(group, 'get', propertiesQuery.build({})), propertiesQuery)),
    setProperties: async (group, fields) => {
      const request = propertiesQuery.build({ form: filledIn(NS.groups, fields) });
      return formIn(payloadOf(await client.iq(group, 'set', request), propertiesQuery));
    },
    status,
    setStatus: async (group, wanted) => {
      const shown = await status(group);
      const fields = shown.fields.map((field) =>
        field.var === 'status' ? { ...field, values: [wanted] } : field,
      );
      const request = statusQuery.build({ form: { ...shown, type: 'submit', fields } });
      return formIn(payloadOf(await client.iq(group, 'set', request), statusQuery));
    },
    info: async (group) => payloadOf(await client.iq(group, 'get', infoQuery.build({})), groupInfo),
    pin: async (group, stanzaId) => {
      await client.iq(group, 'set', update.build({ pinned: stanzaId }));
    },
    remove: async (group) => {
      const host = group.slice(group.indexOf('@') + 1);
      await client.iq(host, 'set', removal.build({ text: localpartOf(group) ?? '' }));
    },
    opens: (group) => client.sendPresence({ to: group }, [presentMark.build({})]),
    closes: (group) => client.sendPresence({ to: group }, [notPresentMark.build({})]),
    shows: (group, state) => client.send(xml('message', { to: group, type: 'chat' }, [chatState(state)])),
    hearsTyping: async (group) =>
      payloadOf(await client.iq(group, 'get', typing.build({})), typing).receive ?? false,
    hearTyping: async (group, receive) => {
      await client.iq(group, 'set', typing.build({ receive }));
    },
    receivesUpdates: async (group) =>
      payloadOf(await client.iq(group, 'get', updates.build({})), updates).receive ?? true,
    receiveUpdates: async (group, receive) => {
      await client.iq(group, 'set', updates.build({ receive }));
    },
    execute: async (group, step) =>
      payloadOf(await client.iq(group, 'set', command.build({ notes: [], ...step })), command),
  };
}
