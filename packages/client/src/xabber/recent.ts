/** The last so many texts. */
export interface Recent {
  /** Whether `text` is among them. It is from now on. */
  seen(text: string): boolean;
}

export function createRecent(limit: number): Recent {
  const kept = new Set<string>();
  return {
    seen: (text) => {
      if (kept.has(text)) return true;
      kept.add(text);
      for (const oldest of kept) {
        if (kept.size <= limit) break;
        kept.delete(oldest);
      }
      return false;
    },
  };
}
