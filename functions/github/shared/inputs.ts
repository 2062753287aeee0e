import * as z from 'zod';

// Of an organisation or user, and a name that is no dot segment.
const REPOSITORY = /^[\w-]{1,39}\/\.{0,2}[\w-][\w.-]{0,99}$/;

/** The repository that a tool works on; `path` takes it with `multiSegment`, since its one slash is its own. */
export const repository = z
  .string()
  .refine((name) => REPOSITORY.test(name), { error: 'must be an owner and a name with a slash between' })
  .describe('Owner and name, such as octocat/Hello-World.');

// https://git-scm.com/docs/git-check-ref-format
const NOT_A_REF = /[\s~^:?*[\\\p{Cc}]|\.\.|\/\/|@\{|^\/|[/.]$|^$/u;
const LENGTH_MAX = 255;

/** A commit, or the name of a branch or tag; describe which. */
export const gitRef = z.string().refine((name) => name.length <= LENGTH_MAX && !NOT_A_REF.test(name), {
  error: 'must be the name of a commit, branch or tag',
});

/** An input field for one of GitHub's IDs, which are whole numbers; describe of what. */
export const numericId = z.string().regex(/^\d{1,19}$/);
