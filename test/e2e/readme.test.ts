import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJid } from '@xmpp-groups/core/jid';
import { addresses } from '@xmpp-groups/core/xep';
import { xml } from '@xmpp-groups/core/xml';
import { connect, freePort, startEjabberd, startProsody } from '@xmpp-groups/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS } from '../../packages/component/src/config/settings.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The code block of `language` that has `part` in it. */
function block(language: string, part: string): string {
  const blocks = [...README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.filter(([, name, text]) => name === language && text?.includes(part));
  expect(found, `blocks of ${language} with ${part}`).toHaveLength(1);
  return found[0]?.[2] ?? '';
}

/** Runs Node in the repository's folder; resolves with the exit code and everything that it printed. */
function node(...args: string[]): Promise<{ code: number | string | null | undefined; text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, text: out + err }),
    );
  });
}

describe('the README', () => {
  let folder = '';
  let port = 0;
  /** A text of the README for the server of the test. */
  const here = (text: string): string =>
    text
      .replaceAll('groups.example.com', 'groups.localhost')
      .replaceAll('5347', String(port))
      .replaceAll('sqlite:./', `sqlite:${folder}/`);
  const check = (): Promise<{ code: unknown; text: string }> =>
    node('packages/component/bin/xmpp-groups.js', 'check', '--config', join(folder, 'groups.yml'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-readme-'));
    port = await freePort();
    writeFileSync(join(folder, 'groups.yml'), here(block('yaml', 'storage:')));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('shows a program for the core that runs', async () => {
    const program = block('js', '@xmpp-groups/core');
    const { code, text } = await node('--input-type=module', '--eval', program);
    expect(text).toMatch(
      /^a request for a new group: <query .*<name>Verona<\/name>.*<\/query>\nVerona has 3 members\n$/,
    );
    expect(code).toBe(0);
  });

  it('lists the keys of the configuration, all of them, as they are', () => {
    const rows = SETTINGS.map(({ key, variables: [variable], default: value, about }) => {
      const shown = String(value ?? '');
      return `| \`${key}\` | \`${variable}\` | ${shown === '' ? '' : `\`${shown}\``} | ${about} |`;
    });
    const [, table] = /^\| Key \| Variable .*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(README) ?? [];
    expect(table?.trimEnd().split('\n')).toEqual(rows);
  });

  it('links, like the pages below docs, to what is there', () => {
    const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map(
      (name) => `docs/${name}`,
    );
    const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
    // As GitHub makes them: without punctuation.
    const anchorOf = (title: string) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-');
    const anchorsIn = (page: string) =>
      [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => anchorOf(title));
    for (const page of ['README.md', ...pages.filter((name) => name.endsWith('.md'))]) {
      const text = read(page);
      for (const [, path = '', anchor] of text.matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)) {
        const target = path === '' ? page : join(dirname(page), path);
        expect(existsSync(join(ROOT, target)), `${page}: ${path}`).toBe(true);
        if (anchor !== undefined) expect(anchorsIn(target), page).toContain(anchor);
      }
    }
  });

  it('configures ejabberd so that the component gets in, and the component alone may send to lists', async () => {
    const included = join(folder, 'groups-in-ejabberd.yml');
    writeFileSync(included, here(block('yaml', 'ejabberd_service')));
    const server = await startEjabberd({ multicast: false, config: { include_config_file: [included] } });
    try {
      const { code, text } = await check();
      expect(text).toContain('ok: fan-out: multicast.localhost carries lists of recipients, up to 500');
      expect(code).toBe(0);
      await server.register('mallory', 'pw');
      const client = await connect({ server, user: 'mallory', password: 'pw' });
      const self = parseJid(client.jid);
      if (!self.ok) throw new Error(self.error.reason);
      const list = addresses.build({ addresses: [{ type: 'bcc', jid: self.value }] });
      await client.send(xml('message', { to: 'multicast.localhost' }, [list, xml('body', {}, ['spam'])]));
      const refused = await client.expect((stanza) => stanza.attrs.type === 'error');
      expect(refused.attrs.from).toBe('multicast.localhost');
      await client.stop();
    } finally {
      await server.stop();
    }
  });

  it('configures Prosody so that the component gets in', async () => {
    const server = await startProsody({
      // Prosody listens for components, but for this one only by the text of the README.
      components: [{ domain: 'other.localhost', secret: 'another' }],
      ports: { components: { 'other.localhost': port } },
      config: here(block('lua', 'Component')),
    });
    try {
      const { code, text } = await check();
      expect(text).toContain(`ok: component: the server at 127.0.0.1:${port} accepts groups.localhost`);
      expect(code).toBe(0);
    } finally {
      await server.stop();
    }
  });
});
