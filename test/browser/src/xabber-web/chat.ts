import type { Locator } from 'playwright-core';
import type { ChosenFile } from './chosen-file.js';
import type { XabberPage } from './page.js';

/** A message as xabber-web shows it. */
export interface ShownInXabber {
  readonly text: string;
  /** Who wrote it; empty: the group itself, or the one before. */
  readonly author: string;
  readonly kind: 'main' | 'system';
}

/** What is written in the chat that is open. */
export interface XabberChat {
  write(text: string): Promise<void>;
  messages(): Promise<ShownInXabber[]>;
  texts(): Promise<string[]>;
  /** How far an own message has come, such as `delivered`, `error` or `blocked`. */
  stateOf(text: string): Promise<string | null>;
  /** Sends an own message again that was refused. */
  sendAgain(text: string): Promise<void>;
  /** Uploads a file and sends it. */
  attach(file: ChosenFile): Promise<void>;
  /** Speaks into the microphone for as long as a message needs to be, and sends that. */
  speak(): Promise<void>;
  /** The names of the files that are shown, and of the images what they are loaded from. */
  attachments(): Promise<string[]>;
  edit(text: string, into: string): Promise<void>;
  retract(text: string): Promise<void>;
  /** Writes an answer that quotes a message, as a forwarded one. */
  reply(text: string, answer: string): Promise<void>;
  pin(text: string): Promise<void>;
  unpin(): Promise<void>;
  pinned(): Promise<string>;
  /** Writes `@` and the beginning of a name, chooses the first member that is offered, and goes on with a text. */
  mention(name: string, text: string): Promise<void>;
  search(text: string): Promise<string[]>;
  /** Looks for what is older than what is shown. */
  scrollUp(): Promise<void>;
}

const shown = (messages: Locator): Promise<ShownInXabber[]> =>
  messages.evaluateAll((elements) =>
    elements.map((element) => ({
      text: (element.querySelector('.chat-msg-content')?.textContent ?? '').trim(),
      author: (element.querySelector('.chat-msg-author')?.textContent ?? '').trim(),
      kind: element.classList.contains('system') ? ('system' as const) : ('main' as const),
    })),
  );

export function xabberChat({ page, confirm }: XabberPage): XabberChat {
  const content = page.locator('.chat-content-wrap').filter({ visible: true });
  const bottom = page.locator('.chat-bottom-wrap').filter({ visible: true });
  const input = bottom.locator('.input-message .rich-textarea');
  const message = (text: string) =>
    content
      .locator('.chat-message')
      .filter({ has: page.locator('.chat-msg-content', { hasText: text }) })
      .last();
  const act = async (text: string, action: string) => {
    await message(text).locator('.chat-msg-content').first().click();
    await bottom.locator(`.${action}`).click();
  };
  const go = async () => {
    // It looks at what was written when a key goes up.
    await input.press('End');
    await bottom.locator('.send-message').click();
  };
  const send = async (text: string) => {
    await input.click();
    await page.keyboard.insertText(text);
    await go();
  };
  return {
    write: send,
    messages: () => shown(content.locator('.chat-message')),
    texts: async () => (await shown(content.locator('.chat-message'))).map(({ text }) => text),
    stateOf: (text) => message(text).locator('.msg-delivering-state').getAttribute('data-state'),
    sendAgain: (text) => message(text).locator('.btn-retry-send-message').dispatchEvent('click'),
    attach: (file) => bottom.locator('.attach-file input').setInputFiles(file),
    speak: async () => {
      await bottom.locator('.attach-voice-message').hover();
      await page.mouse.down();
      // Its clock begins at one second and counts by its timer: what is shorter by the real one is not sent.
      await bottom.locator('.input-voice-message .timer', { hasText: '0:03' }).waitFor();
      await page.mouse.up();
    },
    attachments: () =>
      content
        .locator('.chat-message:not(.file-upload)')
        .locator('.file-name, img.uploaded-img')
        .evaluateAll((found) => found.map((one) => one.getAttribute('src') ?? one.textContent ?? '')),
    edit: async (text, into) => {
      await act(text, 'edit-message');
      await input.fill(into);
      await go();
    },
    retract: async (text) => {
      await act(text, 'delete-message');
      await confirm();
    },
    reply: async (text, answer) => {
      await act(text, 'reply-message');
      await send(answer);
    },
    pin: (text) => act(text, 'pin-message'),
    unpin: () => content.locator('.pinned-message svg.close').click(),
    pinned: async () => (await content.locator('.pinned-message').textContent()) ?? '',
    mention: async (name, text) => {
      await input.click();
      await page.keyboard.type(`@${name}`);
      await bottom.locator('.mention-item').first().click();
      await send(text);
    },
    scrollUp: async () => {
      await content.locator('.chat-content').hover();
      await page.mouse.wheel(0, -2000);
    },
    search: async (text) => {
      await page.locator('.chat-head-wrap .btn-search-messages').filter({ visible: true }).click();
      const field = content
        .locator('.search-form-header input, .messages-search-form input')
        .filter({ visible: true });
      await field.fill(text);
      await field.press('Enter');
      const found = page.locator('.searched-messages-wrap').filter({ visible: true });
      await found.locator('.chat-message').first().waitFor();
      return (await shown(found.locator('.chat-message'))).map((one) => one.text);
    },
  };
}
