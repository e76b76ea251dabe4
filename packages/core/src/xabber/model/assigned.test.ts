import { describe, expect, it } from 'vitest';
import { bareJid } from '../testing/clockwork.js';
import { assignedTo, memberIdIn } from './assigned.js';

const BALL = bareJid('ball@groups.example.com');

describe('the JID that a group assigns to a member', () => {
  it('is its own, with the id of the member', () => {
    expect(assignedTo(BALL, 'r0me000011112222')).toBe('ball@groups.example.com/r0me000011112222');
  });

  it.each([
    ['as it was given', 'ball@groups.example.com/r0me000011112222', 'r0me000011112222'],
    ['in another spelling', ' BALL@Groups.example.com/r0me000011112222', 'r0me000011112222'],
    ['that of the group itself', 'ball@groups.example.com', undefined],
    ['of another group', 'verona@groups.example.com/r0me000011112222', undefined],
    ['an account', 'romeo@example.com/orchard', undefined],
    ['an id', 'r0me000011112222', undefined],
    ['no JID', '@/r0me000011112222', undefined],
  ])('gives the id back: %s', (_, name, id) => {
    expect(memberIdIn(BALL, name)).toBe(id);
  });
});
