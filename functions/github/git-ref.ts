import * as z from 'zod';

// https://git-scm.com/docs/git-check-ref-format
const NOT_A_REF = /[\s~^:?*[\\\p{Cc}]|\.\.|\/\/|@\{|^\/|[/.]$|^$/u;
const LENGTH_MAX = 255;

/** A commit, or the name of a branch or tag; describe which. */
export const gitRef = z.string().refine((name) => name.length <= LENGTH_MAX && !NOT_A_REF.test(name), {
  error: 'must be the name of a commit, branch or tag',
});
