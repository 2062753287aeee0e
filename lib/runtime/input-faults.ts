import type * as z from 'zod';
import type { ErrorDetail } from '../errors/tool-error.ts';
import { cleanText, cutText } from '../text/clean-text.ts';

// An agent needs no more faults than this to correct an input.
const DETAILS_MAX = 20;
const PATH_LENGTH_MAX = 100;
const ISSUE_LENGTH_MAX = 200;

/** Returns the faults in an input, field by field. They never contain the input's values. */
export function inputFaults(issues: readonly z.core.$ZodIssue[]): ErrorDetail[] {
  return issues.flatMap(detailsOf).slice(0, DETAILS_MAX);
}

// The end of zod's message for a missing key.
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
