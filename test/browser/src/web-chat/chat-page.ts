import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';

/** What every scheme of groups does for the page; each rejects with what has failed. */
export interface Chat {
  /** Creates a group out of what was written into the form; resolves with what the page is to call it. */
  create(text: string): Promise<string>;
  join(group: string): Promise<void>;
  /** Resolves when the message has arrived where it is to go first. */
  say(text: string): Promise<void>;
}

/** Who logs in, and where. */
interface Account {
  readonly service: string;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
}

/** The lists of the page, to which lines are added. */
type List = 'messages' | 'invitations' | 'history' | 'troubles';

/** The element of the page with this id. */
function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** Adds a line to a list of the page. */
export function show(list: List, text: string): void {
  const line = document.createElement('li');
  line.textContent = text;
  part(list).append(line);
}

/** What the page says of its user's account. */
export function account(): Account {
  const { service = '', domain = '', username = '', password = '' } = document.body.dataset;
  return { service, domain, username, password };
}

/** The JID that a text of the page is. */
export function bare(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
}

/** Says that the page is ready for its user. */
export function showReady(): void {
  part('ready').textContent = 'ready';
}

/** Calls `work` with what was written, each time when the form is sent. What fails is a line among the troubles. */
export function onSubmit(form: string, work: (text: string) => Promise<void>): void {
  const found = part(form);
  if (!(found instanceof HTMLFormElement)) throw new Error(`#${form} is no form`);
  found.addEventListener('submit', (event) => {
    event.preventDefault();
    work(String(new FormData(found).get('text') ?? '')).catch((error: unknown) =>
      show('troubles', String(error)),
    );
  });
}

/** Puts the forms of the page to work that all schemes have. */
export function runChat(chat: Chat): void {
  const enter = (group: string): void => {
    part('group').textContent = group;
  };
  onSubmit('create', async (text) => enter(await chat.create(text)));
  onSubmit('join', async (group) => {
    await chat.join(group);
    enter(group);
  });
  onSubmit('say', chat.say);
}
