/** Listeners by the kinds of events, with the type of what each kind tells. */
export interface Events<Kinds> {
  /** Calls `listener` for each event of this kind. Returns the function that ends it. */
  on<K extends keyof Kinds>(kind: K, listener: (event: Kinds[K]) => void): () => void;
  emit<K extends keyof Kinds>(kind: K, event: Kinds[K]): void;
}

export function createEvents<Kinds>(): Events<Kinds> {
  const listeners: { [K in keyof Kinds]?: Set<(event: Kinds[K]) => void> } = {};
  return {
    on: (kind, listener) => {
      const present = listeners[kind] ?? new Set();
      listeners[kind] = present;
      present.add(listener);
      return () => present.delete(listener);
    },
    emit: (kind, event) => {
      for (const listener of [...(listeners[kind] ?? [])]) {
        try {
          listener(event);
        } catch (error) {
          // The fault of one listener is told, as an uncaught error, and kept from all others.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
