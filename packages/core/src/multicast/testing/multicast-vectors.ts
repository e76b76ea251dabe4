import { readFileSync } from 'node:fs';

/** A case for a multicast service, as `kontalk-vectors.json` writes it. */
export interface MulticastVector {
  readonly kind: string;
  readonly name: string;
  readonly config: {
    readonly service: string;
    readonly vhost: string;
    readonly limit: { readonly local: number; readonly remote: number };
    readonly strip: boolean;
  };
  readonly stanza: string;
  readonly expected: {
    readonly copies?: readonly {
      readonly to: string;
      readonly from?: string;
      /** Type, JID and whether it is marked as delivered; `null`: no list. */
      readonly addresses?: readonly (readonly [string, string, boolean])[] | null;
    }[];
    readonly copiesCount?: number;
    readonly error?: string;
    readonly features?: readonly string[];
  };
}

const FILE = new URL('../../kontalk/testing/kontalk-vectors.json', import.meta.url);

/** The vectors for a multicast service. */
export function multicastVectors(): readonly MulticastVector[] {
  const file: { readonly vectors: readonly MulticastVector[] } = JSON.parse(readFileSync(FILE, 'utf8'));
  return file.vectors.filter(({ kind }) => kind === 'multicast');
}
