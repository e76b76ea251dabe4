/** What a person has to mend. Its message is one sentence and is shown without a stack. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a script's work; a problem is told in its own words and makes the exit code 1. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
