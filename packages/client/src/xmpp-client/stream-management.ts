import { elementsOf, localName, namespaceOf, type XmlElement } from '@xmpp-groups/core/xml';

const NAMESPACE = 'urn:xmpp:sm:3';

/** The part of an `@xmpp/client` that has to do with stream management (XEP-0198). */
export interface StreamManaged {
  readonly streamManagement: {
    readonly enabled: boolean;
    /** Calls `listener` each time when the session before goes on. */
    on(event: 'resumed', listener: () => void): unknown;
  };
  on(event: 'nonza', listener: (element: XmlElement) => void): unknown;
}

/**
 * Call it before the client starts, and the function it returns once the client is online: that one calls `then` when
 * stream management (XEP-0198, section 3) is agreed upon, refused, or was not offered.
 *
 * @xmpp/client is online before that, and sets its count of received stanzas to zero some moments after it has read
 * `<enabled/>`: a stanza in the same chunk is lost from the count, and the server ends the stream at one of the next
 * acknowledgements. So nothing may be asked for that brings stanzas until then.
 */
export function awaitStreamManagement(client: StreamManaged): (then: () => void) => void {
  let offered = false;
  let waiting: (() => void) | undefined;
  client.on('nonza', (element) => {
    if (localName(element) === 'features') {
      offered = elementsOf(element).some((feature) => namespaceOf(feature) === NAMESPACE);
    } else if (namespaceOf(element) === NAMESPACE && ['enabled', 'failed'].includes(localName(element))) {
      const then = waiting;
      waiting = undefined;
      if (then !== undefined) setTimeout(then, 0);
    }
  });
  return (then) => {
    if (offered && !client.streamManagement.enabled) waiting = then;
    else then();
  };
}
