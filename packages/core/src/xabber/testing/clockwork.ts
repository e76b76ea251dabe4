import { createHash } from 'node:crypto';
import { type BareJid, parseBareJid } from '../../jid/index.js';
import type { Environment } from '../environment.js';

/** An environment in which nothing happens by chance: ids count up, and the clock goes when it is told to. */
export interface Clockwork extends Environment {
  now: number;
}

/** 15 April 2021, 14:05:45.123 UTC. */
export const START = 1_618_495_545_123;

/** A bare JID that is known to be one. */
export function bareJid(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
}

const sha1 = (data: string | Uint8Array, notation: 'hex' | 'base64'): string =>
  createHash('sha1').update(data).digest(notation);

/** @param mayCreate who may create groups, as bare JIDs; everybody when left out */
export function clockwork(mayCreate?: readonly string[]): Clockwork {
  let ids = 0;
  let members = 0;
  let localparts = 0;
  let chance = 1;
  return {
    now: START,
    newId: () => `id-${++ids}`,
    newMemberId: () => `m${String(++members).padStart(15, '0')}`,
    newLocalpart: () => `room${++localparts}`,
    digest: (base64) => {
      if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
      const bytes = Buffer.from(base64, 'base64');
      return { bytes: bytes.length, sha1: sha1(bytes, 'hex'), textSha1: sha1(base64, 'hex') };
    },
    sha1: (text) => sha1(text, 'base64'),
    random: (below) => {
      chance = (chance * 48_271) % 2_147_483_647;
      return chance % below;
    },
    host: {
      domain: bareJid('groups.example.com'),
      softwareVersion: '0.1.0',
      archiveHint: false,
      indexServices: [bareJid('index.example.net')],
      mayCreate: (jid) => mayCreate?.some((allowed) => jid.startsWith(allowed)) ?? true,
    },
  };
}
