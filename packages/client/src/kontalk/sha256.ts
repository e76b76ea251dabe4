import { sha256 as digest } from '@noble/hashes/sha2.js';
import { encodeBase64 } from '@xmpp-groups/core/codec';

/** The SHA-256 of a text in UTF-8, in base64: at once, as the rules of groups need it, and in browsers, too. */
export const sha256 = (text: string): string => encodeBase64(digest(new TextEncoder().encode(text)));
