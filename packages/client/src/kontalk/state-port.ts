/** Where a client keeps what must outlive it: texts by names. */
export interface StatePort {
  /** What was saved last under `name`; `undefined` when nothing was. */
  load(name: string): Promise<string | undefined>;
  /** Resolves when `text` is kept in place of what was there, and rejects when it could not be. */
  save(name: string, text: string): Promise<void>;
}

/** Keeps everything until the program ends. */
export function memoryState(): StatePort {
  const texts = new Map<string, string>();
  return {
    load: (name) => Promise.resolve(texts.get(name)),
    save: (name, text) => {
      texts.set(name, text);
      return Promise.resolve();
    },
  };
}
