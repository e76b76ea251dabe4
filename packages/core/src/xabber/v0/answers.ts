import type { BareJid } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import type { XmlElement } from '../../xml/element.js';
import type { GroupCommand } from '../command.js';
import { type Decision, type Notice, refuseWith } from '../decision.js';
import { create } from '../elements/create.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import { createdV0, rightsV0 } from './elements.js';
import { listWordsV0, memberInV0, memberListInV0 } from './member-list.js';
import { messageInV0, textInV0 } from './message.js';
import { inV0 } from './namespaces.js';
import { allRights } from './rights.js';

/** A request that was decided, and the group as it was before. */
interface Request {
  readonly command: GroupCommand;
  readonly jid: BareJid;
  readonly group: Group | undefined;
  readonly env: Environment;
}

/**
 * What was decided, in the words in which it was asked (reference 16): what the asker is told. What others are told
 * is the same whoever asks. What is said to a request in the words of today is left as it is.
 */
export function inWordsOf(request: Request, decision: Decision): Decision {
  const { command } = request;
  if (command.vocabulary === undefined) return decision;
  const { refused } = decision;
  if (refused?.more !== undefined) {
    return { ...decision, refused: { ...refused, more: refused.more.map(inV0) } };
  }
  if (command.vocabulary === 'v0' && command.kind === 'member' && isEmpty(decision)) {
    return refuseWith(refusal('item-not-found', 'There is no such member'));
  }
  return {
    ...decision,
    notices: decision.notices.flatMap((notice) => noticeInV0(notice, request)),
  };
}

const isEmpty = ({ notices, refused }: Decision): boolean =>
  refused === undefined && notices.every((notice) => notice.kind !== 'result' || notice.payload.length === 0);

function noticeInV0(notice: Notice, request: Request): Notice[] {
  switch (notice.kind) {
    case 'result': {
      const late = request.command.vocabulary === 'late v0';
      const payload = late
        ? notice.payload.map(inV0)
        : notice.payload.flatMap((element) => answerInV0(element, request));
      return [{ ...notice, payload }];
    }
    case 'list': {
      const { command, group, env } = request;
      if (command.kind !== 'members' || group === undefined) return [];
      return [{ ...notice, list: { ...notice.list, words: listWordsV0(command.from, group, env) } }];
    }
    case 'history':
      return [{ ...notice, messages: notice.messages.map(messageInV0), vocabulary: 'v0' }];
    case 'rewrites':
      return [{ ...notice, notifications: notice.notifications.map(textInV0) }];
    case 'pass':
      return [{ ...notice, command: { ...notice.command, vocabulary: request.command.vocabulary } }];
    case 'presence':
      return presenceInV0(notice, request.command);
    case 'echo':
      return [notice, { kind: 'received', message: messageInV0(notice.message), author: notice.author }];
    default:
      return [notice];
  }
}

/**
 * A device that shows itself in those words is told of the group in them: by them it knows that a contact is one.
 * What goes to all is the same for all.
 */
function presenceInV0(notice: Extract<Notice, { kind: 'presence' }>, command: GroupCommand): Notice[] {
  if (command.kind !== 'opened' && command.kind !== 'appeared') return [notice];
  const own = { kind: 'presence', to: [command.from], vocabulary: 'v0' } as const;
  return typeof notice.to === 'string' ? [notice, own] : [own];
}

/** An answer whose shape has changed since then. To what changes something there was no payload. */
function answerInV0(element: XmlElement, { command, jid, group, env }: Request): XmlElement[] {
  switch (command.kind) {
    case 'create':
    case 'beginPrivateChat':
      return [created(element, jid)];
    case 'members':
      return group === undefined ? [] : [memberListInV0(element, command.from, group, env)];
    case 'member':
      return group === undefined ? [] : [memberInV0(element, command.from, group, env)];
    case 'allRights':
      return [rightsV0.build({ items: [], ...allRights(group?.defaultRestrictions ?? new Map()) })];
    case 'archive':
      return [element];
    default:
      return [];
  }
}

function created(element: XmlElement, jid: BareJid): XmlElement {
  const read = create.parse(element);
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason}`);
  return createdV0.build({ jid, pinned: '0', ...read.value });
}
