import type { client } from '@xmpp/client';

const NAMESPACE = 'urn:xmpp:sm:3';

type Entity = Pick<ReturnType<typeof client>, 'on' | 'streamManagement'>;

/**
 * Call it before the client starts, and the function it returns once the client is online: that one resolves
 * when stream management (XEP-0198, section 3) is agreed upon, refused, or was not offered.
 *
 * @xmpp/client is online before that, and sets its count of received stanzas to zero some moments after it
 * has read `<enabled/>`: a stanza in the same chunk is lost from the count, and the server ends the stream
 * at one of the next acknowledgements. So nothing may be asked for that brings stanzas until then.
 */
export function watchStreamManagement(entity: Entity): () => Promise<void> {
  let offered = false;
  const answered = new Promise<void>((resolve) => {
    entity.on('nonza', ({ name, attrs, children }) => {
      if (/^(.+:)?features$/.test(name)) {
        offered = children.some((child) => typeof child !== 'string' && child.attrs.xmlns === NAMESPACE);
      }
      if (attrs.xmlns === NAMESPACE && (name === 'enabled' || name === 'failed')) setImmediate(resolve);
    });
  });
  return async () => {
    if (offered && !entity.streamManagement.enabled) await answered;
  };
}
