import type { Jid } from '../../jid/index.js';
import type { XmlElement } from '../../xml/element.js';
import { xml } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { serialise } from '../../xml/serialise.js';
import { prepare } from '../../xml/splice.js';

/**
 * One stanza for one or many, as text in the namespace of its stream: `head`, an escaped address, `open`,
 * `content`, `close`. A link may put more children between `open` and `content` (the addresses of XEP-0033).
 */
export interface Delivery {
  readonly kind: 'message' | 'presence' | 'iq';
  readonly recipients: readonly Jid[];
  /**
   * Whether it is part of the group's conversation, whose order every member must see alike. All ordered
   * deliveries of a group take the same way through the server.
   */
  readonly ordered: boolean;
  readonly head: string;
  readonly open: string;
  readonly content: string;
  readonly close: string;
}

type Attributes = Readonly<Record<string, string | undefined>>;

/** A delivery whose children are text already. */
export function deliveryOfText(
  kind: Delivery['kind'],
  attrs: Attributes,
  content: string,
  recipients: readonly Jid[],
  ordered: boolean,
): Delivery {
  const { head, tail } = prepare(xml(kind, attrs), NS.client);
  // An empty element ends in `/>`; it gets a start tag and an end tag instead.
  return { kind, recipients, ordered, head, open: `${tail.slice(0, -2)}>`, content, close: `</${kind}>` };
}

/** A delivery of elements. */
export const deliveryOf = (
  kind: Delivery['kind'],
  attrs: Attributes,
  children: readonly XmlElement[],
  recipients: readonly Jid[],
  ordered: boolean,
): Delivery =>
  deliveryOfText(
    kind,
    attrs,
    children.map((child) => serialise(child, NS.client)).join(''),
    recipients,
    ordered,
  );
