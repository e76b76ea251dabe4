import { memberIdOf } from '@xmpp-groups/harness';
import type { Question } from './asker.js';
import type { LargeArchive } from './build.js';
import { type ArchiveGroup, FIRST_ID, SPACING } from './recipe.js';
import { ABSENT_WORD, RARE_WORDS } from './vocabulary.js';

/** One kind of question; each time it is another place, or another word of about the same frequency. */
export interface Kind {
  readonly name: string;
  readonly isSearch: boolean;
  readonly group: ArchiveGroup;
  question(): Question;
}

export function kindsIn(archive: LargeArchive, random: () => number): readonly Kind[] {
  const [largest, other] = archive.groups;
  if (largest === undefined || other === undefined) throw new Error('There are no groups.');
  const idIn = ({ places }: ArchiveGroup) => String(FIRST_ID + Math.ceil(random() * places) * SPACING);
  const page = (name: string, question: () => Question, group = largest): Kind => ({
    name,
    isSearch: false,
    group,
    question,
  });
  const member = (place: number) => memberIdOf(largest.jid, largest.members[place] ?? '');
  const search = (name: string, text: () => string): Kind => ({
    name,
    isSearch: true,
    group: largest,
    question: () => ({ before: '', fields: { withtext: text() } }),
  });
  const word = (from: number, to: number) => archive.words[from + Math.floor(random() * (to - from))] ?? '';
  const time = () => new Date(Number(idIn(largest)) / 1000).toISOString();
  return [
    page('the last page', () => ({ before: '' })),
    page('backward from anywhere', () => ({ before: idIn(largest) })),
    page('forward from anywhere', () => ({ after: idIn(largest) })),
    page('since a time', () => ({ fields: { start: time() } })),
    page('of the busiest author', () => ({ before: idIn(largest), fields: { with: member(0) } })),
    page('of a quiet author', () => ({ before: idIn(largest), fields: { with: member(190) } })),
    page('of a smaller group', () => ({ before: idIn(other) }), other),
    search('a frequent word', () => word(0, 20)),
    search('a middling word', () => word(200, 400)),
    search('an infrequent word', () => word(2_000, 4_000)),
    search('a word that few use', () => word(15_000, 20_000)),
    search('a word in 400 messages', () => RARE_WORDS.hundreds),
    search('a word in 8 messages', () => RARE_WORDS.few),
    search('two frequent words', () => `${word(0, 20)} ${word(0, 20)}`),
    search('two middling words', () => `${word(200, 400)} ${word(200, 400)}`),
    search('three letters', () => word(300, 2_000).slice(0, 3)),
    search('three letters that nobody wrote', () => 'qzx'),
    search('a word that nobody wrote, of frequent letters', () => ABSENT_WORD),
  ];
}
