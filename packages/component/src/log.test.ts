import { describe, expect, it } from 'vitest';
import { createLog } from './log.js';

describe('createLog', () => {
  const written = (level: 'info' | 'debug', write: (log: ReturnType<typeof createLog>) => void): string[] => {
    const lines: string[] = [];
    write(createLog({ level, format: 'json' }, { write: (line) => lines.push(line) }));
    return lines;
  };

  it('writes objects with the level as a word', () => {
    const [line = ''] = written('info', (log) => log.info({ to: 'a@example.com' }, 'sent'));
    expect(JSON.parse(line)).toMatchObject({ level: 'info', msg: 'sent', to: 'a@example.com' });
  });

  it('leaves out what is below its level', () => {
    expect(written('info', (log) => log.debug('detail'))).toEqual([]);
    expect(written('debug', (log) => log.debug('detail'))).toHaveLength(1);
  });

  it.each([
    { secret: 'seen' },
    { component: { secret: 'seen' } },
    { config: { component: { secret: 'seen' } } },
    { message: { body: 'seen' } },
    { options: { password: 'seen' } },
  ])('hides secrets and bodies: %j', (entry) => {
    const lines = written('info', (log) => log.info(entry, 'an entry'));
    expect(lines.join()).not.toContain('seen');
    expect(lines.join()).toContain('[hidden]');
  });
});
