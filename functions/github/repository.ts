import * as z from 'zod';

// Of an organisation or user, and a name that is no dot segment.
const REPOSITORY = /^[\w-]{1,39}\/\.{0,2}[\w-][\w.-]{0,99}$/;

/** The repository that a tool works on; `path` takes it with `multiSegment`, since its one slash is its own. */
export const repository = z
  .string()
  .refine((name) => REPOSITORY.test(name), { error: 'must be an owner and a name with a slash between' })
  .describe('Owner and name, such as octocat/Hello-World.');
