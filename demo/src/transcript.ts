/** Prints a conversation so that it can be read along: who does what, and what the screens show then. */
export interface Transcript {
  /** Begins a part of the story. */
  part(title: string): void;
  /** Somebody does something. */
  does(who: string, what: string): void;
  /** What appears on somebody's screen; `device` names it when there are several. */
  shows(who: string, text: string, device?: string): void;
  /** A fact that was looked at. */
  notes(fact: string): void;
}

const WIDTH = 22;

/** @param say writes one line */
export function createTranscript(say: (line: string) => void): Transcript {
  let parts = 0;
  const line = (who: string, mark: string, text: string): void => {
    for (const [at, row] of text.split('\n').entries()) {
      say(`   ${(at === 0 ? who : '').padEnd(WIDTH)} ${mark} ${row}`);
    }
  };
  return {
    part: (title) => {
      parts += 1;
      say(`\n${parts}. ${title}`);
    },
    does: (who, what) => line(who, '>', what),
    shows: (who, text, device = 'screen') => line(`  ${who}'s ${device}`, '|', text),
    notes: (fact) => line('', '=', fact),
  };
}

/** Ends the story when something is not as it must be; `fact` says in a sentence how it must be. */
export function check(holds: boolean, fact: string): asserts holds {
  if (!holds) throw new Error(`This should be so, and is not: ${fact}.`);
}
