import type { XabberPage } from './page.js';

/** What the dialogue for a new group asks. */
export interface NewGroup {
  readonly host: string;
  readonly localpart: string;
  readonly name: string;
  readonly privacy: 'public' | 'incognito';
  readonly membership?: 'open' | 'member-only';
  readonly index?: 'none' | 'local' | 'global';
  readonly description?: string;
}

/** Ways into a group. */
export interface XabberFinding {
  /** Creates a group; resolves when its chat is open. */
  create(group: NewGroup): Promise<void>;
  /** Creates a group whose address is taken, and returns what is said about it. */
  createInVain(group: NewGroup): Promise<string>;
  /** The addresses of the groups that a domain has to show. */
  discover(domain: string): Promise<string[]>;
  /** Joins one of the groups that were discovered. */
  joinDiscovered(jid: string): Promise<void>;
  /** What the invitation to a group says, when it has been opened. */
  invitation(jid: string): Promise<string>;
  accept(): Promise<void>;
  decline(): Promise<void>;
  /** Blocks the group that invites. */
  refuse(): Promise<void>;
}

export function xabberFinding({ page, confirm }: XabberPage): XabberFinding {
  const dialogue = page.locator('.add-group-chat-modal');
  const choose = async (field: string, value: string) => {
    // The lists open with an animation; their items can be chosen without it.
    await dialogue.locator(`.${field} .property-variant[data-value="${value}"]`).dispatchEvent('click');
  };
  const fill = async (group: NewGroup) => {
    await page.locator('.toolbar-item.add-something').click();
    const item = group.privacy === 'public' ? 'public-groupchat' : 'incognito-groupchat';
    await page.locator(`.add-variant.${item}`).dispatchEvent('click');
    await dialogue.locator('#new_chat_name').waitFor();
    await dialogue.locator('#new_chat_jid').pressSequentially(group.localpart);
    await dialogue.locator('#new_chat_name').pressSequentially(group.name);
    if (await dialogue.locator('#new_chat_domain').isVisible()) {
      await dialogue.locator('#new_chat_domain').fill(group.host);
    }
    if (group.index !== undefined) await choose('global-field', group.index);
    if (group.membership !== undefined) await choose('membership-field', group.membership);
    if (group.description !== undefined) {
      await dialogue.locator('.description-field .rich-textarea').fill(group.description);
    }
    await dialogue.locator('.btn-add').click();
  };
  const discovering = page.locator('.searching-main').filter({ visible: true });
  const invitation = page.locator('.invitation-view').filter({ visible: true });
  return {
    create: async (group) => {
      await fill(group);
      await dialogue.waitFor({ state: 'detached' });
      await page.locator('.chat-head-wrap').filter({ visible: true }).waitFor();
    },
    createInVain: async (group) => {
      await fill(group);
      const errors = dialogue.locator('.modal-footer .errors:not(.hidden)').filter({ hasText: /\S/ });
      await errors.waitFor();
      const text = await errors.textContent();
      await dialogue.locator('.btn-cancel').click();
      return text ?? '';
    },
    discover: async (domain) => {
      await page.locator('.toolbar-item.search').click();
      const field = discovering.locator('.searching-panel .search-input');
      await field.fill(domain);
      await field.press('Enter');
      await discovering.locator('.result-string').filter({ hasText: /\S/ }).waitFor();
      return discovering
        .locator('.existing-chat-wrap')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-jid') ?? ''));
    },
    joinDiscovered: async (jid) => {
      await discovering.locator(`.existing-chat-wrap[data-jid="${jid}"]`).click();
      await discovering.locator('.btn-join-chat').click();
      await page.locator('.chat-head-wrap').filter({ visible: true }).waitFor();
    },
    invitation: async (jid) => {
      await page.locator('.toolbar-item.all-chats').click();
      await page.locator('.chat-item').filter({ hasText: 'Invitation to', visible: true }).first().click();
      await invitation.filter({ hasText: jid }).waitFor();
      return (await invitation.textContent()) ?? '';
    },
    accept: () => invitation.locator('.btn-join').click(),
    decline: () => invitation.locator('.btn-decline').click(),
    refuse: async () => {
      await invitation.locator('.btn-block').click();
      await confirm();
    },
  };
}
