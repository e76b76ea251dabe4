/**
 * The words in which something is asked, where they are not those of today, and in which it is answered
 * (reference 16). `v0`: those of 2018 and 2019; `late v0`: the shapes of today in the namespaces of then.
 */
export type Vocabulary = 'v0' | 'late v0';

/** What is asked, and in which words. */
export type Worded<C> = C & { readonly vocabulary?: Vocabulary | undefined };
