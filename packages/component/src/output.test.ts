import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { claim } from './output.js';

describe('claim', () => {
  it('lets nobody else write', async () => {
    const output = new PassThrough();
    const instead = new PassThrough();
    const reply = claim(output, instead);
    output.write('from a library');
    await reply(Uint8Array.of(1, 2));
    new Console(output).log('from another');
    expect(output.read()).toEqual(Buffer.of(1, 2));
    expect(String(instead.read())).toBe('from a libraryfrom another\n');
  });

  it('tells who writes that nobody reads', async () => {
    const output = new PassThrough();
    const reply = claim(output, new PassThrough());
    output.destroy(new Error('EPIPE'));
    await expect(reply(Uint8Array.of(1))).rejects.toThrow();
  });
});
