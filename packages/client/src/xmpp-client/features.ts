import type { xml } from '@xmpp/client';
import { encodeBase64 } from '@xmpp-groups/core/codec';
import { caps, type DiscoInfo, discoInfo, verificationText } from '@xmpp-groups/core/xep';
import { NS, type XmlElement } from '@xmpp-groups/core/xml';
import { systemPlatform } from '../platform.js';
import { copyOf } from './connection-of.js';

/** The part of an `@xmpp/client` that answers requests. */
export interface Answering {
  readonly iqCallee: {
    /** Has requests of type `get` with this payload answered with what `answer` returns. */
    get(
      namespace: string,
      name: string,
      answer: (request: { readonly element: XmlElement }) => ReturnType<typeof xml>,
    ): unknown;
  };
}

/** What a client says of itself. */
export interface ClientFeatures {
  /** The address of the program's page, which stands for the program (XEP-0115, section 4). */
  readonly node: string;
  /** Its name, for people. */
  readonly name?: string;
  /** Such as `KEYRING_FEATURES`. */
  readonly features: readonly string[];
}

/**
 * Tells who asks what the client can do (XEP-0030). Call it once, before the client starts.
 * @returns what goes into each presence, so that servers and others know it without asking (XEP-0115)
 */
export async function announceFeatures(
  client: Answering,
  { node, name, features }: ClientFeatures,
): Promise<XmlElement> {
  const info: DiscoInfo = {
    identities: [{ category: 'client', type: 'pc', name }],
    features: [...new Set([NS.discoInfo, NS.caps, ...features])].map((feature) => ({ var: feature })),
    forms: [],
  };
  client.iqCallee.get(NS.discoInfo, 'query', ({ element }) => {
    const asked = discoInfo.parse(element);
    return copyOf(discoInfo.build({ ...info, node: asked.ok ? asked.value.node : undefined }));
  });
  const hash = await systemPlatform.sha1(new TextEncoder().encode(verificationText(info)));
  const bytes = Uint8Array.from(hash.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return caps.build({ hash: 'sha-1', node, ver: encodeBase64(bytes) });
}
