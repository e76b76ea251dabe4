import { describe, expect, it } from 'vitest';
import { readStanza } from '../stanza/index.js';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { discoInfo } from '../xep/index.js';
import { elementsOf } from '../xml/index.js';
import type { MulticastConfiguration } from './configuration.js';
import { fanOut } from './fan-out.js';
import { serve } from './serve.js';
import { type MulticastVector, multicastVectors } from './testing/multicast-vectors.js';
import { linesOf, listIn } from './testing/reading.js';

/** The world of the vectors: of the other domains, `header2.org` is known to have a service. */
const configurationOf = ({ config }: MulticastVector): MulticastConfiguration => ({
  service: bare(config.service),
  vhost: bare(config.vhost),
  limits: config.limit,
  strip: config.strip,
  serviceAt: (domain) =>
    domain === 'header2.org' ? { jid: bare('multicast.header2.org'), limit: 20 } : undefined,
});

const isFanOut = ({ stanza }: MulticastVector): boolean => stanza.startsWith('<message');
const vectors = multicastVectors();

describe('the vectors for a multicast service', () => {
  it('are all there', () => {
    expect(vectors).toHaveLength(15);
  });

  it.each(vectors.filter(isFanOut))('$name', (vector) => {
    const { copies, copiesCount, error } = vector.expected;
    const made = fanOut(elementIn(vector.stanza), configurationOf(vector));
    expect(made.ok ? undefined : made.error.condition).toBe(error);
    if (!made.ok) return;
    if (copiesCount !== undefined) expect(made.value).toHaveLength(copiesCount);
    if (copies === undefined) return;
    expect(made.value.map(({ attrs }) => attrs.to)).toEqual(copies.map(({ to }) => to));
    for (const [place, { from, addresses }] of copies.entries()) {
      const copy = made.value[place];
      if (copy === undefined) throw new Error(`no copy ${place}`);
      if (from !== undefined) expect(copy.attrs.from).toBe(from);
      if (addresses === null) expect(listIn(copy)).toBe(undefined);
      else if (addresses !== undefined) {
        const lines = addresses
          .map(([type, jid, done]) => `${type} ${jid}${done ? ' delivered' : ''}`)
          .sort();
        expect(linesOf(listIn(copy))).toEqual(lines);
      }
    }
  });

  it.each(vectors.filter((vector) => !isFanOut(vector)))('$name', (vector) => {
    const { error, features = [] } = vector.expected;
    const [answer, ...more] = serve(elementIn(vector.stanza), configurationOf(vector));
    expect(more).toEqual([]);
    const read = answer === undefined ? undefined : readStanza(answer);
    if (!read?.ok) throw new Error('no answer');
    expect(read.value).toMatchObject({ kind: 'iq', type: error === undefined ? 'result' : 'error' });
    const [payload] = read.value.payload;
    if (error !== undefined) {
      expect(elementsOf(payload ?? elementIn('<x/>')).map(({ name }) => name)).toContain(error);
      return;
    }
    const info = payload === undefined ? undefined : discoInfo.parse(payload);
    expect(info?.ok && info.value.features.map((feature) => feature.var)).toEqual(
      expect.arrayContaining([...features]),
    );
  });
});
