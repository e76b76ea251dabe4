/** What the Kontalk page shows of itself: the sender, the address list, and what else is in each stanza. */
const DAVID = "type='chat' from='david@beta.kontalk.net/home' to='beta.kontalk.net'";
const GROUP =
  "xmlns='http://kontalk.org/extensions/message#group' id='GROUP-ID' owner='david@beta.kontalk.net'";

const TWO = ['alice', 'bob'];
const THREE = ['alice', 'bob', 'charlie'];

const stanza = (names: readonly string[], content: string): string =>
  `<message ${DAVID}><addresses xmlns='http://jabber.org/protocol/address'>` +
  names.map((name) => `<address type='to' jid='${name}@beta.kontalk.net'/>`).join('') +
  `</addresses>${content}</message>`;

export interface PageExample {
  readonly title: string;
  /** The names of the recipients, all at `beta.kontalk.net`. */
  readonly names: readonly string[];
  /** The children behind the list, as the page has them. */
  readonly content: string;
  readonly stanza: string;
}

const example = (title: string, names: readonly string[], content: string): PageExample => ({
  title,
  names,
  content,
  stanza: stanza(names, content),
});

/** The six examples of the Kontalk page, in its order. */
export const PAGE_EXAMPLES: readonly PageExample[] = [
  example(
    'create',
    TWO,
    `<group ${GROUP} type='create'><subject>Our great journey</subject><member jid='alice@beta.kontalk.net'/>` +
      "<member jid='bob@beta.kontalk.net'/></group><body>Hey folks!</body>",
  ),
  example('a message', TWO, `<group ${GROUP}/><body>What is going on?</body>`),
  example(
    'add',
    THREE,
    `<group ${GROUP} type='set'><subject>Our great journey</subject><add jid='charlie@beta.kontalk.net'/>` +
      "<member jid='alice@beta.kontalk.net'/><member jid='bob@beta.kontalk.net'/></group><body>Welcome Charlie!</body>",
  ),
  example(
    'remove',
    THREE,
    `<group ${GROUP} type='set'><remove jid='charlie@beta.kontalk.net'/></group><body>Sorry Charlie, you're out.</body>`,
  ),
  example(
    'subject',
    THREE,
    `<group ${GROUP} type='set'><subject>Our journey continues</subject></group><body>Keep on rocking!</body>`,
  ),
  example('part', THREE, `<group ${GROUP}><part/></group><body>Goodbye!</body>`),
];
