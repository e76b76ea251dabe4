import type { Jid } from '../../jid/index.js';
import type { Rsm } from '../../xep/0059-result-set-management.js';
import type { ArchiveVersion } from '../../xep/0313-message-archive.js';
import type { ReadAvatar } from './cards.js';
import type { ReadArchive } from './messages.js';
import type { DefaultList } from './rights.js';

/** A request that changes nothing. */
export type Question =
  | { readonly kind: 'discoInfo' | 'discoItems'; readonly from: Jid; readonly node: string | undefined }
  | {
      readonly kind: 'vcard' | 'allRights' | 'defaultRights' | 'invitations' | 'blocks';
      readonly from: Jid;
    }
  | ReadAvatar
  | { readonly kind: 'properties' | 'status' | 'info' | 'updates' | 'typing'; readonly from: Jid }
  | {
      readonly kind: 'members';
      readonly from: Jid;
      readonly since: number | undefined;
      readonly rsm: Rsm | undefined;
    }
  /** `id` is empty for oneself. */
  | { readonly kind: 'member' | 'rights'; readonly from: Jid; readonly id: string }
  /** `target` is empty for oneself. */
  | { readonly kind: 'permissions'; readonly from: Jid; readonly target: string }
  | { readonly kind: 'defaultPermissions'; readonly from: Jid; readonly list: DefaultList }
  | ReadArchive
  | { readonly kind: 'archiveForm'; readonly from: Jid; readonly version: ArchiveVersion }
  /** What was rewritten after version `since`; without it only the version is asked for. */
  | {
      readonly kind: 'rewrites';
      readonly from: Jid;
      readonly since: number | undefined;
      readonly lessThan: number | undefined;
    }
  | ServiceQuestion;

/** What every entity answers, the host as well as a group. */
export interface ServiceQuestion {
  readonly kind: 'ping' | 'version' | 'time' | 'last';
  readonly from: Jid;
}
