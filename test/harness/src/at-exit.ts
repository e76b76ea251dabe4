const actions = new Set<() => void>();

process.on('exit', () => {
  // The newest first: a process ends before the folder it works in goes.
  for (const action of [...actions].reverse()) action();
});

/** Runs `action` when this process exits. Returns the function that calls it off. */
export function atExit(action: () => void): () => void {
  actions.add(action);
  return () => {
    actions.delete(action);
  };
}
