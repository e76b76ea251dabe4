import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '@xmpp-groups/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('a bundle for browsers', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-bundle-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const bundled = (program: string): Promise<string> => {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, program);
    return bundle(pathToFileURL(file));
  };

  it.each([
    ["import { readFileSync } from 'node:fs'; console.log(readFileSync);", 'node:fs'],
    ["import dns from 'node:dns'; console.log(dns);", 'node:dns'],
    ["const { createHash } = await import('node:crypto'); console.log(createHash);", 'node:crypto'],
    ["import net from 'net'; console.log(net);", 'net'],
  ])('is refused when it needs Node: %s', async (program, name) => {
    await expect(bundled(program)).rejects.toThrow(`Could not resolve "${name}"`);
  });

  it('is made of what browsers have', async () => {
    writeFileSync(join(folder, 'other.mjs'), "export const textOf = () => 'there';");
    expect(await bundled("import { textOf } from './other.mjs'; console.log(textOf());")).toContain('there');
  });
});
