import { content, element, text } from '../../codec/index.js';
import { encryption, openpgp, store } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { e2e } from '../elements/e2e.js';
import type { ContainerForm } from './open-pgp.js';

/** An encrypted message as it stands in a stanza. */
export interface Container {
  readonly form: ContainerForm;
  /** `undefined` when the element does not even hold base64. */
  readonly message: Uint8Array | undefined;
}

/**
 * The container among a stanza's children; of both forms that of XEP-0373, as Kontalk's desktop client chooses
 * (reference 4.5). `undefined` for a stanza in clear.
 */
export function containerIn(payload: readonly XmlElement[]): Container | undefined {
  for (const { form, declared } of FORMS) {
    const found = payload.find((child) => declared.is(child));
    if (found === undefined) continue;
    const read = declared.parse(found);
    return { form, message: read.ok ? read.value.message : undefined };
  }
  return undefined;
}

const FORMS = [
  { form: 'openpgp', declared: openpgp },
  { form: 'kontalk', declared: e2e },
] as const;

/** What a client without encryption shows. Kontalk's server keeps nothing for who is away without a body. */
const STUBS = {
  kontalk: '(encrypted)',
  openpgp: 'This message is encrypted using OpenPGP.',
} as const satisfies Record<ContainerForm, string>;

const stub = element('body', NS.client, 'RFC 6121 section 5.2.3', { text: content(text) });

/**
 * What carries the encrypted message in a stanza: nothing of the group, its members or its chat is outside of it
 * (reference 4.1, 4.5).
 */
export const containerElements = (form: ContainerForm, message: Uint8Array): readonly XmlElement[] =>
  form === 'kontalk'
    ? [e2e.build({ message })]
    : [openpgp.build({ message }), encryption.build({ namespace: NS.openpgp })];

/**
 * What stands beside a container that is to be kept for who is away, and to be told to his phone: a text that tells
 * nothing (reference 3.3), with a hint for archives in the form of XEP-0374 (section 3.2). Not beside a chat state.
 * @param words what to say in place of the message, in the user's language
 */
export const stubElements = (form: ContainerForm, words: string = STUBS[form]): readonly XmlElement[] => {
  const body = stub.build({ text: words });
  return form === 'kontalk' ? [body] : [store.build({}), body];
};
