/** The version of the protocol that is spoken here (docs/shim-protocol.md). */
export const VERSION = 2;

/** How many bytes a frame may have, the length in front of it not counted. */
export const LONGEST_FRAME = 16 * 1024 * 1024;

/** Names of sessions and incarnations. */
export const ID_BYTES = 16;
/** Nonces and proofs. */
export const KEY_BYTES = 32;

/**
 * What has become of a session, told to the runner that comes with it: it is `new` to this life of the module; it is
 * `resumed`; or its stanzas were given to another runner, and it is `replaced`: what follows from them is said by that one.
 */
export const STATES = ['new', 'resumed', 'replaced'] as const;
export type SessionState = (typeof STATES)[number];

/** Where the groups are: on a domain of their own, or beside the accounts of the server's own domain. */
export const MODES = ['subdomain', 'sameHost'] as const;
export type HostMode = (typeof MODES)[number];

/** What the module inside the server says. */
export type ShimFrame =
  | { readonly kind: 'hello'; readonly version: number; readonly incarnation: Buffer; readonly nonce: Buffer }
  /** `taken`: the last frame of the runner that has been routed. */
  | {
      readonly kind: 'welcome';
      readonly proof: Buffer;
      readonly session: SessionState;
      readonly taken: number;
      readonly mode: HostMode;
      readonly domain: string;
    }
  | { readonly kind: 'refuse'; readonly reason: number; readonly text: string }
  /**
   * `again`: an earlier runner has had it, and `done` frames that it caused have been routed. `since`: when the
   * server took it from its sender, by the clock of the machine, in milliseconds since the epoch. `first`: the number
   * that it had when it came; given to another runner it gets a new one.
   */
  | {
      readonly kind: 'stanza';
      readonly number: number;
      readonly again: boolean;
      readonly done: number;
      readonly since: number;
      readonly first: number;
      readonly xml: string;
    }
  /** Everything up to this frame of the runner has been routed. */
  | { readonly kind: 'taken'; readonly number: number }
  /** Whether the local part `name` is free, and from now on that of a group. */
  | { readonly kind: 'claimed'; readonly free: boolean; readonly name: string }
  /**
   * Something happened in the server. `number`: as that of a stanza, or 0 when there is nothing to acknowledge.
   * `name`: what, as `remove_user`; `user`: whom it concerns; `xml`: a stanza, or nothing.
   */
  | {
      readonly kind: 'event';
      readonly number: number;
      readonly again: boolean;
      readonly since: number;
      readonly name: string;
      readonly user: string;
      readonly xml: string;
    }
  /** How many runners serve groups now, this one included. */
  | { readonly kind: 'company'; readonly runners: number };

/** What a runner says once it is welcome; numbers only ever grow. `cause`: a stanza, or 0. */
export type NumberedFrame =
  | { readonly kind: 'route'; readonly number: number; readonly cause: number; readonly xml: string }
  /** The stanza of `xml`, which has no `to`, once for each recipient. */
  | {
      readonly kind: 'fanOut';
      readonly number: number;
      readonly cause: number;
      readonly recipients: readonly string[];
      readonly xml: string;
    }
  /** All that follows from these stanzas is durable, and was said before. */
  | { readonly kind: 'acknowledge'; readonly number: number; readonly stanzas: readonly number[] }
  /** This stanza cannot be read; its sender gets an error with this text. */
  | { readonly kind: 'reject'; readonly number: number; readonly stanza: number; readonly text: string }
  /**
   * These local parts are groups. A list that has begun and ended replaces what was known; with neither, they come
   * on top of it.
   */
  | {
      readonly kind: 'groups';
      readonly number: number;
      readonly begins: boolean;
      readonly ends: boolean;
      readonly names: readonly string[];
    }
  /** May this local part become a group? Answered with `claimed`. */
  | { readonly kind: 'claim'; readonly number: number; readonly name: string }
  /** This local part is that of a group no more, or was not made one. */
  | { readonly kind: 'release'; readonly number: number; readonly name: string };

/**
 * What a runner says. `received`: the last stanza that it got in this session; `serves`: whether it wants stanzas;
 * `events`: the names of those that it wants to hear of.
 */
export type RunnerFrame =
  | {
      readonly kind: 'prove';
      readonly version: number;
      readonly session: Buffer;
      readonly nonce: Buffer;
      readonly proof: Buffer;
      readonly received: number;
      readonly serves: boolean;
      readonly events: readonly string[];
    }
  | NumberedFrame;

export type Frame = ShimFrame | RunnerFrame;
