import type * as z from 'zod';
import type { ErrorDetail } from '../errors/tool-error.ts';
import { cleanText } from '../text/clean-text.ts';
import { cutText } from '../text/cut-text.ts';

// Enough to correct an input by; a flood of faults helps nobody.
const DETAILS_MAX = 20;
const PATH_LENGTH_MAX = 100;
const ISSUE_LENGTH_MAX = 200;

/** Says what is wrong with an input, field by field, without repeating its values. */
export function inputFaults(issues: readonly z.core.$ZodIssue[]): ErrorDetail[] {
  return issues.flatMap(detailsOf).slice(0, DETAILS_MAX);
}

// How zod ends its message on a key that is not there.
const MISSING = ', received undefined';

function detailsOf(issue: z.core.$ZodIssue): ErrorDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, DETAILS_MAX)
      .map((key) => detail([...issue.path, key], 'this key is not part of the input; leave it out'));
  }
  const missing = issue.message.endsWith(MISSING);
  return [
    detail(issue.path, missing ? `is required: ${issue.message.slice(0, -MISSING.length)}` : issue.message),
  ];
}

function detail(path: readonly PropertyKey[], issue: string): ErrorDetail {
  return {
    path: cutText(cleanText(path.map(String).join('.')), PATH_LENGTH_MAX),
    issue: cutText(issue, ISSUE_LENGTH_MAX),
  };
}
