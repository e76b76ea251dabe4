import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askOn, askSecretOn } from './terminal.js';

function asked(signal = new AbortController().signal) {
  const input = new PassThrough();
  const output = new PassThrough();
  const answer = askOn({ input, output }, signal)('Delete it?');
  return { input, output, answer };
}

describe('askOn', () => {
  it.each([
    { typed: 'y', answer: true },
    { typed: 'Yes ', answer: true },
    { typed: 'n', answer: false },
    { typed: '', answer: false },
    { typed: 'yesterday', answer: false },
  ])('takes "$typed" for $answer', async ({ typed, answer }) => {
    const terminal = asked();
    terminal.input.write(`${typed}\n`);
    expect(await terminal.answer).toBe(answer);
    expect(String(terminal.output.read())).toContain('Delete it? [y/N] ');
  });

  it('takes the end of the input for a no', async () => {
    const terminal = asked();
    terminal.input.end();
    expect(await terminal.answer).toBe(false);
  });

  it('takes the end of the process for a no', async () => {
    const ending = new AbortController();
    const terminal = asked(ending.signal);
    ending.abort();
    expect(await terminal.answer).toBe(false);
  });
});

describe('askSecretOn', () => {
  const secret = (signal = new AbortController().signal) => {
    const input = new PassThrough();
    const output = new PassThrough();
    return { input, output, answer: askSecretOn({ input, output }, signal)('Password') };
  };

  it('shows the question, and nothing of the answer', async () => {
    const { input, output, answer } = secret();
    for (const key of 'päss x\u007fword\r') input.write(key);
    expect(await answer).toBe('päss word');
    expect(String(output.read())).toBe('Password: \n');
  });

  it.each<readonly [string, (input: PassThrough, ending: AbortController) => void]>([
    ['the end of the input', (input) => input.end()],
    ['the end of the process', (_input, ending) => ending.abort()],
    ['Ctrl+C', (input) => input.write('\u0003')],
  ])('has no answer after %s', async (_what, leave) => {
    const ending = new AbortController();
    const { input, answer } = secret(ending.signal);
    input.write('half');
    leave(input, ending);
    expect(await answer).toBeUndefined();
  });
});
