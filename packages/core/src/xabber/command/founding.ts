import type { BareJid, Jid } from '../../jid/index.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { CreateRequest } from '../elements/create.js';
import type { Member, MemberId } from '../model/group.js';
import type { AvatarImage } from '../store.js';

/** To the host, about a group that does not exist yet. */
export interface Create {
  readonly kind: 'create';
  readonly from: Jid;
  readonly options: CreateRequest;
}

/** A member wants to talk to another one alone (reference 13.1). To the host, which gives it to the group. */
export interface OpenPrivateChat {
  readonly kind: 'openPrivateChat';
  readonly from: Jid;
  /** The group in which both are. */
  readonly group: BareJid;
  /** The other one. */
  readonly id: MemberId;
}

/**
 * A group lets two of its members have a private chat: at this JID, where it exists already or does not. No stanza
 * stands for it.
 */
export interface BeginPrivateChat {
  readonly kind: 'beginPrivateChat';
  readonly parent: { readonly jid: BareJid; readonly name: string };
  readonly asker: ChatPartner;
  readonly guest: ChatPartner;
}

/** What a private chat takes over of a member of its group. */
export interface ChatPartner extends Pick<Member, 'jid' | 'badge'> {
  readonly nickname: string;
  /** The avatar with its image. */
  readonly avatar: { readonly info: AvatarInfo; readonly image: AvatarImage } | undefined;
}

/** To the host: a group, named by its local part or its JID, is to be deleted. */
export interface Delete {
  readonly kind: 'delete';
  readonly from: Jid;
  readonly name: string;
}
