/** What a scheme of groups does for the page. What fails is told by it. */
export interface Chat {
  /** Creates a group out of what was written into the form; resolves with its name among groups. */
  create(form: FormData): Promise<string>;
  join(group: string): Promise<void>;
  /** Resolves when it is known where the message is. */
  say(text: string): Promise<void>;
  /** The texts of the group's messages that are kept, oldest first. */
  history(): Promise<readonly string[]>;
}

/** Who logs in, and where. */
export interface Account {
  readonly service: string;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
}

/** The element of the page with this id. */
function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** Adds a line to a list of the page. */
export function show(list: 'messages' | 'history' | 'troubles', text: string): void {
  const line = document.createElement('li');
  line.textContent = text;
  part(list).append(line);
}

/** What the page says of its user's account. */
export function account(): Account {
  const { service = '', domain = '', username = '', password = '' } = document.body.dataset;
  return { service, domain, username, password };
}

/** Says that the account is logged in. */
export function showOnline(jid: string): void {
  part('own').textContent = jid;
}

/** Puts the forms of the page to work. Whatever fails is shown as a line of troubles. */
export function runChat(chat: Chat): void {
  const onSubmit = (id: string, work: (form: FormData) => Promise<void>): void => {
    const form = part(id);
    if (!(form instanceof HTMLFormElement)) throw new Error(`#${id} is no form`);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      work(new FormData(form)).catch((error: unknown) => show('troubles', String(error)));
    });
  };
  const text = (form: FormData): string => String(form.get('text') ?? '');
  const enter = (group: string): void => {
    part('group').textContent = group;
  };
  onSubmit('create', async (form) => enter(await chat.create(form)));
  onSubmit('join', async (form) => {
    await chat.join(text(form));
    enter(text(form));
  });
  onSubmit('say', (form) => chat.say(text(form)));
  onSubmit('look-back', async () => {
    part('history').replaceChildren();
    for (const line of await chat.history()) show('history', line);
  });
}
