/**
 * Why a store cannot do its work.
 * `newer-schema`: a later release of this package has written the file. `corrupt`: what is in the file is
 * not what was written to it. `full`: no room. `read-only`: no right to write. `locked`: another process
 * held the write lock for longer than is waited for. `unusable-url`: the address names nothing that could be
 * a store. `failed`: anything else, with the cause.
 */
export type StoreErrorKind =
  | 'newer-schema'
  | 'corrupt'
  | 'full'
  | 'read-only'
  | 'locked'
  | 'unusable-url'
  | 'failed';

/** What a Store rejects with when the storage itself fails. The message is one sentence: what, and the mend. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
    this.kind = kind;
  }
}
