import { LIMITS } from '@xmpp-groups/core/kontalk';
import { enums, type PartialConfig } from 'openpgp';

/** What the largest of attached files may come to, in bytes. */
export const LARGEST_PLAIN = 32 * 1024 * 1024;

/** For keys of Kontalk's shape: what its clients write themselves comes first (reference 4.1). */
export const KONTALK_PREFERENCES: PartialConfig = {
  aeadProtect: false,
  v6Keys: false,
  preferredSymmetricAlgorithm: enums.symmetric.aes192,
  preferredHashAlgorithm: enums.hash.sha256,
  preferredCompressionAlgorithm: enums.compression.zip,
};

/** The signature that all of Kontalk's clients read. */
export const KONTALK_SIGNING: PartialConfig = { preferredHashAlgorithm: enums.hash.sha256 };

/** Symmetric encryption that every client reads which knows version 0.4 of XEP-0373. */
export const BACKUP: PartialConfig = { aeadProtect: false };

/** The time against which keys and signatures of others are checked: their clocks may be ahead. */
export const tolerantNow = (): Date => new Date(Date.now() + LIMITS.ahead);
