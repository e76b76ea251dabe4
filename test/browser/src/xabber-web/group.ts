import type { Locator } from 'playwright-core';
import type { ChosenFile } from './chosen-file.js';
import type { XabberPage } from './page.js';

/** A line of the list of members. */
export interface ShownMember {
  readonly nickname: string;
  readonly badge: string;
  readonly role: string;
  readonly jid: string;
  readonly id: string;
}

/** The page of a group: what can be seen of it and done to it. Everything opens that page first. */
export interface XabberGroup {
  members(): Promise<ShownMember[]>;
  /** What the page says of the group, by the name of its line. */
  property(name: 'name' | 'description' | 'model' | 'status' | 'searchable'): Promise<string>;
  rename(nickname: string, into: string): Promise<void>;
  giveBadge(nickname: string, badge: string): Promise<void>;
  /** Puts a right's switch on or off, with a time in seconds if one is given. */
  setRight(nickname: string, right: string, on: boolean, seconds?: number): Promise<void>;
  /** The rights whose switches are on. */
  rightsOf(nickname: string): Promise<string[]>;
  /** Shows a member with an image file. */
  giveAvatar(nickname: string, file: ChosenFile): Promise<void>;
  messagesOf(nickname: string): Promise<string[]>;
  retractMessagesOf(nickname: string): Promise<void>;
  /** The hash of the avatar that a member is shown with; `undefined`: none. */
  avatarOf(nickname: string): Promise<unknown>;
  /** Asks for a private chat with a member of an incognito group, which is then opened. */
  privateChat(nickname: string): Promise<void>;
  kick(nickname: string): Promise<void>;
  block(nickname: string): Promise<void>;
  blocked(): Promise<string[]>;
  unblock(jid: string): Promise<void>;
  invite(jid: string): Promise<void>;
  invitations(): Promise<string[]>;
  revoke(jid: string): Promise<void>;
  setDefault(restriction: string, seconds: number): Promise<void>;
  change(properties: {
    readonly name?: string;
    readonly description?: string;
    readonly index?: string;
  }): Promise<void>;
  setStatus(status: string): Promise<void>;
  giveGroupAvatar(file: ChosenFile): Promise<void>;
  leave(): Promise<void>;
  remove(): Promise<void>;
}

export function xabberGroup(client: XabberPage, jid: string): XabberGroup {
  const { page, openDetails, confirm } = client;
  const panel = () => openDetails(jid);
  const tab = async (name: 'participants' | 'invitations' | 'blocked'): Promise<Locator> => {
    const details = await panel();
    await details.locator(`.list-variant[data-value="${name}"]`).click();
    return details.locator('.participants-wrap');
  };
  const lineOf = async (nickname: string): Promise<Locator> => {
    const line = (await tab('participants'))
      .locator('tr.participant-wrap')
      .filter({ hasText: nickname })
      .first();
    await line.waitFor();
    return line;
  };
  const member = page.locator('.edit-rights').filter({ visible: true });
  const openMember = async (nickname: string): Promise<Locator> => {
    await (await lineOf(nickname)).locator('.nickname').click();
    await member.locator('.participant-details-item').waitFor();
    return member;
  };
  const save = async () => {
    await member.locator('.btn-save-user-rights:not(.non-active)').click();
    await member.waitFor({ state: 'detached' });
  };
  const menu = async (item: string) => {
    // The menu opens with an animation; its items can be chosen without it.
    await (await panel()).locator(`.buttons-menu-wrap .${item}`).dispatchEvent('click');
  };
  const people = async (name: 'invitations' | 'blocked'): Promise<string[]> => {
    const list = await tab(name);
    await list.locator(`.${name}-user, .errors`).first().waitFor();
    return list
      .locator(`.${name}-user`)
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-jid') ?? ''));
  };
  const timer = (item: Locator, seconds: number) =>
    item.locator(`.select-timer .property-variant[data-value="${seconds}"]`).dispatchEvent('click');

  return {
    members: async () => {
      const list = await tab('participants');
      await list.locator('tr.participant-wrap').first().waitFor();
      return list.locator('tr.participant-wrap').evaluateAll((lines) => {
        const text = (line: Element, of: string) => (line.querySelector(of)?.textContent ?? '').trim();
        return lines.map((line) => ({
          nickname: text(line, '.nickname'),
          badge: text(line, '.badge'),
          role: text(line, 'td.role'),
          jid: line.getAttribute('data-jid') ?? '',
          id: line.getAttribute('data-id') ?? '',
        }));
      });
    },
    property: async (name) => {
      const details = await panel();
      return (await details.locator(`.group-chat-properties-wrap .${name} .value`).textContent()) ?? '';
    },
    rename: async (nickname, into) => {
      const card = await openMember(nickname);
      await card.locator('.participant-info .nickname').click();
      await card.locator('#edit-nickname').fill(into);
      await card.locator('#edit-nickname').press('Enter');
      await save();
    },
    giveBadge: async (nickname, badge) => {
      await (await openMember(nickname)).locator('.btn-set-badge-wrap .btn-set-badge').click();
      const edit = page.locator('.edit-badge').filter({ visible: true });
      await edit.locator('.badge-text').fill(badge);
      await edit.locator('.btn-save').click();
      await edit.waitFor({ state: 'detached' });
      await member.locator('.btn-cancel-changes').click();
    },
    setRight: async (nickname, right, on, seconds) => {
      const item = (await openMember(nickname)).locator(`.right-item.restriction-${right}`);
      if (seconds !== undefined) await timer(item, seconds);
      const input = item.locator('input');
      if ((await input.isChecked()) !== on) await item.locator('label').click();
      await save();
    },
    rightsOf: async (nickname) => {
      const card = await openMember(nickname);
      const on = await card
        .locator('.right-item input:checked')
        .evaluateAll((inputs) => inputs.map((input) => input.id));
      await card.locator('.btn-cancel-changes').click();
      return on;
    },
    giveAvatar: async (nickname, file) => {
      await (await openMember(nickname)).locator('.circle-avatar input').setInputFiles(file);
      await save();
    },
    messagesOf: async (nickname) => {
      await (await openMember(nickname)).locator('.btn-participant-messages').click();
      const found = page.locator('.participant-messages-wrap').filter({ visible: true });
      await found.locator('.chat-message .chat-msg-content').first().waitFor();
      return found.locator('.chat-message .chat-msg-content').allTextContents();
    },
    retractMessagesOf: async (nickname) => {
      await (await openMember(nickname)).locator('.btn-participant-messages').click();
      await page
        .locator('.participant-messages-wrap .btn-retract-messages')
        .filter({ visible: true })
        .click();
      await confirm();
    },
    avatarOf: async (nickname) => {
      const id = (await (await lineOf(nickname)).getAttribute('data-id')) ?? '';
      return client.knownOf(jid, id, 'avatar');
    },
    privateChat: async (nickname) => {
      await (await openMember(nickname)).locator('.btn-chat').click();
      await member.waitFor({ state: 'detached' });
    },
    kick: async (nickname) => {
      await (await lineOf(nickname)).locator('.btn-kick').dispatchEvent('click');
      await confirm();
    },
    block: async (nickname) => {
      await (await lineOf(nickname)).locator('.btn-block').dispatchEvent('click');
      await confirm();
    },
    blocked: () => people('blocked'),
    unblock: async (other) => {
      const list = await tab('blocked');
      await list.locator(`.blocked-user[data-jid="${other}"] .unblock-user`).dispatchEvent('click');
    },
    invite: async (other) => {
      await (await panel()).locator('.btn-invite').click();
      const dialogue = page.locator('.add-user-group-chat').filter({ visible: true });
      await dialogue.locator(`.list-item[data-jid="${other}"]`).click();
      await dialogue.locator('.btn-add').click();
      await dialogue.waitFor({ state: 'detached' });
    },
    invitations: () => people('invitations'),
    revoke: async (other) => {
      const list = await tab('invitations');
      await list.locator(`.invitations-user[data-jid="${other}"] .revoke-invitation`).dispatchEvent('click');
    },
    setDefault: async (restriction, seconds) => {
      await menu('btn-default-restrictions');
      const dialogue = page.locator('.edit-default-restrictions').filter({ visible: true });
      await timer(dialogue.locator(`.right-item.restriction-default-${restriction}`), seconds);
      await dialogue.locator('.btn-default-restrictions-save:not(.non-active)').click();
      await dialogue.waitFor({ state: 'hidden' });
    },
    change: async ({ name, description, index }) => {
      await menu('btn-edit-settings');
      const dialogue = page.locator('.group-chat-properties-edit').filter({ visible: true });
      if (name !== undefined) await dialogue.locator('.name-field input').fill(name);
      if (description !== undefined) await dialogue.locator('.description-field textarea').fill(description);
      if (index !== undefined) await dialogue.locator(`.index-field .${index}-label`).click();
      await dialogue.locator('.text-field').first().press('End');
      await dialogue.locator('.btn-save:not(.non-active)').click();
      await dialogue.waitFor({ state: 'detached' });
    },
    setStatus: async (status) => {
      await (await panel()).locator('.group-chat-status .status-wrap').click();
      const dialogue = page.locator('.change-status-modal').filter({ visible: true });
      await dialogue.locator(`li[data-value="${status}"]`).click();
      await dialogue.waitFor({ state: 'detached' });
    },
    giveGroupAvatar: async (file) => {
      await (await panel()).locator('.main-info .circle-avatar input').setInputFiles(file);
    },
    leave: async () => {
      await (await panel()).locator('.btn-leave').click();
      await confirm();
    },
    remove: async () => {
      await menu('btn-delete-group');
      await confirm();
    },
  };
}
