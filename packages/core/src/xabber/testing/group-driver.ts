import { type BareJid, type Jid, localpartOf } from '../../jid/index.js';
import { refuse, result } from '../../stanza/reply.js';
import { readStanza, type Stanza } from '../../stanza/stanza.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { parse } from '../../xml/parse.js';
import { escapeAttribute, serialise } from '../../xml/serialise.js';
import type { GroupCommand } from '../command.js';
import { decide } from '../decide/decide.js';
import { lookupFor } from '../decide/lookup.js';
import type { Decision, Notice } from '../decision.js';
import type { Found } from '../environment.js';
import { interpretGroupIq, interpretHostIq } from '../interpret/iq.js';
import { interpretMessage } from '../interpret/message.js';
import { interpretPresence } from '../interpret/presence.js';
import type { ArchivedMessage, GroupEvent, PassingEvent, Rewrite } from '../model/events.js';
import { evolve } from '../model/evolve.js';
import type { LoadedGroup } from '../model/loaded-group.js';
import { listTexts } from '../present/member-list.js';
import { present } from '../present/present.js';
import type { AvatarImage } from '../store.js';
import { keep, namedIn, pageFrom, placed, previousIn, tracesIn } from './array-archive.js';
import { bareJid, type Clockwork, clockwork } from './clockwork.js';

/** A stanza as it reaches one recipient: the text that was sent, and what a client reads from it. */
export interface Sent {
  readonly to: Jid;
  readonly xml: string;
  readonly stanza: XmlElement;
}

/** A command from one group to another, and the stanza that the other is to answer. */
export interface Passed {
  readonly to: BareJid;
  readonly command: GroupCommand;
  readonly stanza: Stanza | undefined;
}

export interface GroupDriver {
  readonly jid: BareJid;
  readonly env: Clockwork;
  /** The archive, oldest message first. */
  readonly archive: readonly ArchivedMessage[];
  /** Whom the group has asked about himself, and what, e.g. `romeo@example.com vcard`. */
  readonly questions: readonly string[];
  /** The images that are stored, by their ids. */
  readonly images: ReadonlyMap<string, AvatarImage>;
  exists(): boolean;
  /** What was given to other groups; `receive` lets a driver of theirs take it. */
  readonly passed: readonly Passed[];
  /** What is told of rewritings to those who ask. */
  readonly rewrites: readonly Rewrite[];
  /** The group as it is now. */
  group(): LoadedGroup;
  /** What a stanza sets off, in the order of sending, one entry for each recipient. */
  send(xml: string): Sent[];
  /** The same for a command that no stanza stands for. */
  command(command: GroupCommand): Sent[];
  /** The same for a command that another group gives. */
  receive(passed: Passed): Sent[];
  /** Lets something happen to the group that no command leads to yet. */
  happen(...events: readonly (GroupEvent | PassingEvent)[]): void;
}

/** Runs stanzas through reading, interpretation, look-up, decision, evolution and presentation. */
export function groupDriver(localpart = 'verona', env: Clockwork = clockwork()): GroupDriver {
  const jid = bareJid(`${localpart}@${env.host.domain}`);
  const archive: ArchivedMessage[] = [];
  const rewrites: Rewrite[] = [];
  const reported = new Map<string, number>();
  const questions: string[] = [];
  const images = new Map<string, AvatarImage>();
  const passed: Passed[] = [];
  let group: LoadedGroup | undefined;

  const happen = (...events: readonly (GroupEvent | PassingEvent)[]): void => {
    for (const event of events) {
      group = evolve(group, jid, { ...event, at: env.now });
      if (event.kind === 'avatarStored') images.set(event.id, event);
      if (event.kind === 'avatarForgotten') images.delete(event.id);
      keep(archive, rewrites, event);
    }
  };

  const lookUp = (command: GroupCommand): Found => {
    const wanted = lookupFor(group, command, env);
    if (wanted === undefined) return {};
    if (wanted.kind === 'image') return { image: images.get(wanted.id) };
    if (wanted.kind === 'message') return { message: namedIn(archive, wanted.message) };
    if (wanted.kind === 'images') return { images: wanted.ids.flatMap((id) => images.get(id) ?? []) };
    if (wanted.kind === 'traces') return { traces: tracesIn(archive, wanted) };
    if (wanted.kind === 'page') return { page: pageFrom(archive, wanted.query) };
    if (wanted.kind === 'rewrites') {
      return { rewrites: rewrites.filter(({ version }) => version > wanted.since).slice(0, wanted.max) };
    }
    const message = wanted.message && namedIn(archive, wanted.message);
    if (wanted.kind === 'retraction') {
      const before = wanted.author === undefined ? message?.stanzaId : Number.POSITIVE_INFINITY;
      return { message, newest: before && previousIn(archive, before, wanted.author) };
    }
    const repeated = archive.find(
      ({ author, originId }) => author === wanted.author && originId === wanted.originId,
    );
    return { message, repeated: repeated && placed(archive, repeated) };
  };

  const sentFor = (notice: Notice, stanza: Stanza | undefined): Sent[] => {
    if (notice.kind === 'question') {
      questions.push(`${notice.about} ${notice.topic}`);
      return [];
    }
    if (notice.kind === 'pass') {
      const { to, command: given, answers } = notice;
      passed.push({ to, command: given, stanza: answers ? stanza : undefined });
      return [];
    }
    if (notice.kind === 'result') {
      if (stanza?.kind === 'message') return [];
      if (stanza?.kind !== 'iq') throw new Error('a result without a request');
      return [sentAs(result(stanza, notice.payload))];
    }
    if (notice.kind === 'list') {
      if (stanza?.kind !== 'iq') throw new Error('a list without a request');
      return [sentText(stanza.from, [...listTexts(stanza, notice.list)].join(''))];
    }
    if (notice.kind === 'seen' && !isNews(reported, notice)) return [];
    const asked = stanza?.kind === 'iq' ? stanza : undefined;
    return present(jid, group, notice, asked, env).flatMap((delivery) =>
      delivery.recipients.map((to) =>
        sentText(to, delivery.head + escapeAttribute(to) + delivery.open + delivery.content + delivery.close),
      ),
    );
  };

  const carryOut = (decision: Decision, stanza: Stanza | undefined): Sent[] => {
    happen(...decision.events);
    const sent = decision.notices.flatMap((notice) => sentFor(notice, stanza));
    const refused = decision.refused && stanza && refuse(stanza, decision.refused);
    return refused === undefined ? sent : [...sent, sentAs(refused)];
  };

  const command = (given: GroupCommand, stanza?: Stanza): Sent[] =>
    carryOut(decide(group, jid, given, lookUp(given), env), stanza);

  return {
    jid,
    env,
    archive,
    questions,
    images,
    passed,
    rewrites,
    happen,
    exists: () => group !== undefined,
    group: () => {
      if (group === undefined) throw new Error(`${jid} does not exist`);
      return group;
    },
    command: (given) => command(given),
    receive: (given) => command(given.command, given.stanza),
    send: (xml) => {
      const { stanza, ...read } = understood(xml);
      if (read.refused !== undefined) {
        const refused = refuse(stanza, read.refused);
        return refused === undefined ? [] : [sentAs(refused)];
      }
      return read.command === undefined ? [] : command(read.command, stanza);
    },
  };
}

/** The command that a stanza stands for, if it stands for one. */
export const commandIn = (xml: string): GroupCommand | undefined => understood(xml).command;

interface Read {
  readonly command?: GroupCommand | undefined;
  readonly refused?: NonNullable<Decision['refused']>;
}

function understood(xml: string): Read & { readonly stanza: Stanza } {
  const source = elementFrom(xml);
  const stanza = readStanza(source);
  if (!stanza.ok) throw new Error(`${stanza.error.path}: ${stanza.error.reason}`);
  return { stanza: stanza.value, ...interpret(stanza.value, source) };
}

/** A group has a localpart, its host has none. */
function interpret(stanza: Stanza, source: XmlElement): Read {
  const toHost = localpartOf(stanza.to) === undefined;
  switch (stanza.kind) {
    case 'presence':
      return { command: interpretPresence(stanza) };
    case 'message': {
      const read = interpretMessage(stanza, source);
      return read.ok ? { command: read.value } : { refused: read.error };
    }
    case 'iq': {
      if (!toHost) {
        const read = interpretGroupIq(stanza);
        return read.ok ? { command: read.value } : { refused: read.error };
      }
      const read = interpretHostIq(stanza);
      if (!read.ok) return { refused: read.error };
      if (toHost && read.value.kind === 'delete') return { command: { kind: 'delete', from: stanza.from } };
      // What the host answers about itself is not the group's business.
      if (read.value.kind !== 'create' && read.value.kind !== 'openPrivateChat')
        throw new Error(`${read.value.kind} is for the host`);
      return { command: read.value };
    }
  }
}

/** Whether the author of a message has not heard yet that it, or one after it, was seen. */
function isNews(reported: Map<string, number>, { message }: Extract<Notice, { kind: 'seen' }>): boolean {
  const author = message.author ?? '';
  if (message.stanzaId <= (reported.get(author) ?? 0)) return false;
  reported.set(author, message.stanzaId);
  return true;
}

function elementFrom(xml: string): XmlElement {
  const element = parse(xml);
  if (!element.ok) throw new Error(`${element.error.path} ${element.error.reason} in ${xml}`);
  return element.value;
}

const sentText = (to: Jid, xml: string): Sent => ({ to, xml, stanza: elementFrom(xml) });

function sentAs(element: XmlElement): Sent {
  const xml = serialise(element, NS.client);
  const stanza = readStanza(element);
  if (!stanza.ok) throw new Error(`${stanza.error.path}: ${stanza.error.reason}`);
  return sentText(stanza.value.to, xml);
}
