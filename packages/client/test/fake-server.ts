import { type BareJid, bareOf, type FullJid, parseBareJid, parseFullJid } from '@xmpp-groups/core/jid';
import { type MulticastConfiguration, serve } from '@xmpp-groups/core/multicast';
import { iq, readStanza, refusal, refuse, result } from '@xmpp-groups/core/stanza';
import { discoInfo, discoItems, ping } from '@xmpp-groups/core/xep';
import { NS, parse, serialise, type XmlElement } from '@xmpp-groups/core/xml';
import type { Connection, ConnectionEvent } from '../src/connection.js';

const required = <T>(read: { ok: true; value: T } | { ok: false; error: { reason: string } }): T => {
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};
export const bare = (text: string): BareJid => required(parseBareJid(text));
const full = (text: string): FullJid => required(parseFullJid(text));
const DOMAIN = bare('example.net');
const SERVICE = bare('multicast.example.net');

/** A connection of a device with the server, and what happens to it. */
export interface Device extends Connection {
  readonly jid: FullJid;
  /** What it has sent, as text, in all its sessions. */
  readonly sent: string[];
  login(resumed?: boolean): void;
  /** The connection breaks. */
  logout(): void;
  /** Something comes that the server did not send on: from whoever it says it is. */
  deliver(stanza: string | XmlElement): void;
  /** Whether a stanza is lost on its way to the device. */
  loses: (stanza: XmlElement) => boolean;
  /** Whether a stanza is lost on its way to the server. */
  swallows: (stanza: XmlElement) => boolean;
}

/** A server of one domain that keeps messages for who is away. */
export interface FakeServer {
  device(jid: string): Device;
  /** Whether there is a multicast service, and what it takes. */
  multicast: Partial<MulticastConfiguration> | undefined;
  /** What the service says of itself, if that is not what it does. */
  stated: number | undefined;
}

export function fakeServer(): FakeServer {
  const devices = new Map<FullJid, { readonly device: Device; tell(event: ConnectionEvent): void }>();
  const away = new Map<BareJid, XmlElement[]>();
  const present = new Set<FullJid>();

  const configuration = (limit?: number): MulticastConfiguration => ({
    service: SERVICE,
    vhost: DOMAIN,
    limits: { local: 100, remote: 20 },
    strip: false,
    ...server.multicast,
    ...(limit === undefined ? {} : { limits: { local: limit, remote: limit } }),
  });

  const hand = (to: FullJid, element: XmlElement): void => {
    const one = devices.get(to);
    if (one === undefined || one.device.own() === undefined || one.device.loses(element)) return;
    one.tell({ kind: 'element', element });
  };

  const keep = (account: BareJid, element: XmlElement): void => {
    if (element.name === 'message') away.set(account, [...(away.get(account) ?? []), element]);
  };

  const answer = (stanza: XmlElement): XmlElement | undefined => {
    const read = iq.parse(stanza);
    if (!read.ok || read.value.type === 'result' || read.value.type === 'error') return undefined;
    const [payload] = read.value.payload;
    if (payload !== undefined && discoInfo.is(payload)) {
      return result(read.value, [discoInfo.build({ identities: [], features: [], forms: [] })]);
    }
    if (payload !== undefined && discoItems.is(payload)) {
      const items = server.multicast === undefined ? [] : [{ jid: SERVICE }];
      return result(read.value, [discoItems.build({ items })]);
    }
    if (payload !== undefined && ping.is(payload)) return result(read.value);
    return refuse({ kind: 'iq', ...read.value }, refusal('service-unavailable', 'no'));
  };

  const route = (stanza: XmlElement): void => {
    const read = readStanza(stanza);
    if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason}`);
    const { to } = read.value;
    if (to === SERVICE && server.multicast !== undefined) {
      const told = stanza.name === 'iq' ? server.stated : undefined;
      for (const copy of serve(stanza, configuration(told))) route(copy);
      return;
    }
    const account = bareOf(to);
    const theirs = [...devices.keys()].filter((jid) => bareOf(jid) === account);
    if (theirs.length > 0) {
      const reached = theirs.filter((jid) => to === jid || (to === account && present.has(jid)));
      for (const jid of reached) hand(jid, stanza);
      if (reached.length === 0) keep(account, stanza);
      return;
    }
    const said = to === DOMAIN ? answer(stanza) : undefined;
    if (said !== undefined) {
      route(said);
      return;
    }
    const refused = refuse(read.value, refusal('service-unavailable', 'There is nobody'));
    if (refused !== undefined) route(refused);
  };

  const arrive = (device: Device, element: XmlElement): void => {
    const own = device.jid;
    const to = element.attrs.to ?? (element.name === 'iq' ? DOMAIN : bareOf(own));
    if (element.name === 'presence') {
      present.add(own);
      for (const kept of away.get(bareOf(own)) ?? []) hand(own, kept);
      away.delete(bareOf(own));
      return;
    }
    route({ ...element, attrs: { xmlns: NS.client, ...element.attrs, from: own, to } });
  };

  const connect = (jid: FullJid): Device => {
    const listeners = new Set<(event: ConnectionEvent) => void>();
    const sent: string[] = [];
    let isOnline = false;
    let last = Promise.resolve();
    const tell = (event: ConnectionEvent): void => {
      for (const listener of [...listeners]) listener(event);
    };
    const device: Device = {
      jid,
      sent,
      loses: () => false,
      swallows: () => false,
      own: () => (isOnline ? jid : undefined),
      send: (element) => {
        if (!isOnline) return Promise.reject(new Error('not connected'));
        sent.push(serialise(element));
        // What is handed over arrives a little later.
        if (!device.swallows(element)) last = last.then(() => arrive(device, element));
        return Promise.resolve();
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      login: (resumed = false) => {
        isOnline = true;
        tell({ kind: 'online', jid, resumed });
      },
      logout: () => {
        isOnline = false;
        present.delete(jid);
        tell({ kind: 'offline' });
      },
      deliver: (stanza) => {
        const element = typeof stanza === 'string' ? required(parse(stanza)) : stanza;
        tell({ kind: 'element', element });
      },
    };
    devices.set(jid, { device, tell });
    return device;
  };

  const server: FakeServer = {
    device: (jid) => connect(full(jid)),
    multicast: {},
    stated: undefined,
  };
  return server;
}
