import type { PrivateKey } from 'openpgp';
import type { BareJid } from '../../jid/index.js';
import { fanOut, piecesOn } from '../../multicast/index.js';
import { bare } from '../../testing/jids.js';
import type { XmlElement } from '../../xml/element.js';
import type { ContainerForm, OpenPgp } from '../containers/open-pgp.js';
import type { Signer } from '../containers/seal.js';
import { type Evaluation, evaluate } from '../evaluate/evaluate.js';
import { openIncoming } from '../evaluate/open-incoming.js';
import type { KnownKey } from '../keys/known-key.js';
import { emptyWorld, type World } from '../model/world.js';
import type { Action } from '../plan/action.js';
import { planSend } from '../plan/plan-send.js';
import { sealOutgoing } from '../plan/seal-outgoing.js';
import { knownKeyOf, kontalkShapedKey, openPgpJs } from './openpgp-js.js';
import { ANN, BEN, DAN, environment, means, OLGA, SERVICE, TEN } from './world.js';

const people = [OLGA, ANN, BEN, DAN];
const secrets = new Map<BareJid, PrivateKey>(
  await Promise.all(people.map(async (jid) => [jid, await kontalkShapedKey(jid)] as const)),
);
export const secretOf = (jid: BareJid): PrivateKey => {
  const key = secrets.get(jid);
  if (key === undefined) throw new Error(`${jid} has no key`);
  return key;
};
const everybody = [...secrets.values()].map((key) => key.toPublic());
export const libraryOf = (jid: BareJid): OpenPgp => openPgpJs([secretOf(jid)], everybody);

/** How a server brings one stanza to many: with the list in the copies, without it, or not at all. */
export type Service = 'leaves the list' | 'strips the list' | 'none';

/** People with keys and worlds of their own, and what is on the wire between them. */
export interface Wire {
  readonly form: ContainerForm;
  readonly service: Service;
  readonly keysOf: (jid: BareJid) => readonly KnownKey[];
  readonly worlds: Map<BareJid, World>;
  /** Milliseconds since the epoch; each message is a second later than the one before. */
  now: number;
}

export const wire = (form: ContainerForm, service: Service, changes: Partial<Wire> = {}): Wire => ({
  form,
  service,
  keysOf: (jid) => (secrets.has(jid) ? [knownKeyOf(secretOf(jid).toPublic())] : []),
  worlds: new Map(people.map((jid) => [jid, emptyWorld(jid)])),
  now: TEN,
  ...changes,
});

export function worldOf(net: Wire, jid: BareJid): World {
  const world = net.worlds.get(jid);
  if (world === undefined) throw new Error(`nobody is called ${jid}`);
  return world;
}

export const signerOf = (net: Wire, jid: BareJid): Signer => {
  const [key] = net.keysOf(jid);
  if (key === undefined) throw new Error(`${jid} has no key`);
  return { jid, ...key };
};

/** Plans, encrypts and sends; returns what comes out of the server, for each receiver in the order of the list. */
export async function send(net: Wire, by: BareJid, action: Action): Promise<readonly XmlElement[]> {
  net.now += 1000;
  const service = net.service === 'none' ? undefined : SERVICE;
  const planned = planSend(worldOf(net, by), action, means({ now: net.now, service }));
  if (!planned.ok) throw new Error(planned.error.reason);
  const { world, outgoing } = planned.value;
  if (!outgoing.sealed) throw new Error('in clear');
  const sealing = { form: net.form, keysOf: net.keysOf, signer: signerOf(net, by), padding: 'some padding' };
  const stanza = await sealOutgoing(outgoing, sealing, libraryOf(by));
  if (!stanza.ok) throw new Error(stanza.error.kind);
  net.worlds.set(by, world);
  return piecesOn(outgoing.route, stanza.value).flatMap((piece) => served(net, by, piece.stanza));
}

/** What the server makes of a stanza: it says who sent it, and multiplies what goes to the service. */
function served(net: Wire, by: BareJid, stanza: XmlElement): readonly XmlElement[] {
  const stamped = { ...stanza, attrs: { ...stanza.attrs, from: `${by}/phone` } };
  if (stanza.attrs.to !== SERVICE.jid) return [stamped];
  const copies = fanOut(stamped, {
    service: SERVICE.jid,
    vhost: bare('example.net'),
    limits: { local: 100, remote: 20 },
    strip: net.service === 'strips the list',
  });
  if (!copies.ok) throw new Error(copies.error.condition);
  return copies.value;
}

/** Somebody gets a stanza: with its container open, it goes through the rules. */
export async function get(net: Wire, me: BareJid, copy: XmlElement): Promise<Evaluation> {
  const opening = { me, receivedAt: net.now, keysOf: net.keysOf };
  const incoming = await openIncoming(copy, opening, libraryOf(me));
  const evaluation = evaluate(worldOf(net, me), incoming, environment({}, net.now));
  net.worlds.set(me, evaluation.world);
  return evaluation;
}

/** Sends, and everybody whom it is for gets it. */
export async function exchange(
  net: Wire,
  by: BareJid,
  action: Action,
): Promise<ReadonlyMap<string, Evaluation>> {
  const got = new Map<string, Evaluation>();
  for (const copy of await send(net, by, action)) {
    const me = bare(copy.attrs.to ?? '');
    got.set(me, await get(net, me, copy));
  }
  return got;
}
