import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { Environment } from '../environment.js';
import { isAvatarId, isNamedByHash, LARGEST_IMAGE, mediaTypeOf, UNKNOWN_TYPE } from '../model/avatar.js';
import type { GroupEvent } from '../model/events.js';
import type { AvatarImage } from '../store.js';

export const TOO_LARGE: StanzaError = refusal('policy-violation', 'An avatar has at most 512 KiB');

/**
 * What has to happen for an image to be kept under `id`: nothing when it is there already. Who comes second with
 * an id does not get the place of the first, unless the id is the hash of his image and was not that of the other.
 * @param stored the image that has the id now
 */
export function imageKept(
  id: string,
  base64: string,
  stored: AvatarImage | undefined,
  env: Environment,
): Result<readonly GroupEvent[], StanzaError> {
  if (!isAvatarId(id)) {
    return err(refusal('bad-request', 'The id of an avatar is its hash: letters, digits, - and _ only'));
  }
  const digested = env.digest(base64);
  if (digested === undefined) return err(refusal('bad-request', 'The image is not written in base64'));
  if (digested.bytes > LARGEST_IMAGE) return err(TOO_LARGE);
  if (stored?.base64 === base64) return ok([]);
  const isHash = isNamedByHash(id, digested);
  if (stored !== undefined && (!isHash || isTrusted(stored, env))) {
    return isHash ? ok([]) : err(refusal('conflict', 'There is another image with this id'));
  }
  return ok([{ kind: 'avatarStored', id, mediaType: mediaTypeOf(base64) ?? UNKNOWN_TYPE, base64 }]);
}

/** Whether an image is the one that its id is a hash of. */
export function isTrusted({ id, base64 }: AvatarImage, env: Environment): boolean {
  const digested = env.digest(base64);
  return digested !== undefined && isNamedByHash(id, digested);
}

/** An avatar as the cards show it: what its image really is, where that can be seen. */
export const infoOf = (id: string, base64: string, claimed: string, env: Environment): AvatarInfo => ({
  id,
  bytes: env.digest(base64)?.bytes ?? 0,
  type: mediaTypeOf(base64) ?? (/^image\/[a-z0-9.+-]{1,40}$/.test(claimed) ? claimed : UNKNOWN_TYPE),
});
