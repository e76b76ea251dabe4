import { caps, discoInfo } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { elementOf } from '../../test/fake-connection.js';
import { type Answering, announceFeatures } from './features.js';

describe('the features of a client', () => {
  it('are told to who asks for them, by the hash in its presence', async () => {
    let answer: ((request: { readonly element: XmlElement }) => XmlElement) | undefined;
    const client: Answering = {
      iqCallee: {
        get: (_namespace, _name, given) => {
          answer = given;
        },
      },
    };
    const inPresence = await announceFeatures(client, {
      node: 'https://example.org/chat',
      name: 'Chat',
      features: ['urn:b', 'urn:a'],
    });
    const announced = caps.parse(inPresence);
    // The SHA-1 of client/pc//Chat<http://jabber.org/protocol/caps<http://jabber.org/protocol/disco#info<urn:a<urn:b<
    expect(announced).toMatchObject({
      value: { hash: 'sha-1', node: 'https://example.org/chat', ver: '4d+3KnC15QCVkdeV1DXm9XzW6oc=' },
    });
    const question =
      "<query xmlns='http://jabber.org/protocol/disco#info' node='https://example.org/chat#4d+3KnC15QCVkdeV1DXm9XzW6oc='/>";
    const told = answer?.({ element: elementOf(question) });
    if (told === undefined) throw new Error('nobody answers');
    expect(discoInfo.parse(told)).toMatchObject({
      value: {
        node: 'https://example.org/chat#4d+3KnC15QCVkdeV1DXm9XzW6oc=',
        identities: [{ category: 'client', type: 'pc', name: 'Chat' }],
        features: expect.arrayContaining([{ var: 'urn:a' }, { var: 'urn:b' }]),
      },
    });
  });
});
