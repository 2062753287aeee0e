import type { ErrorCode } from '../../lib/errors/error-codes.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { Scalekit } from '../../lib/scalekit/scalekit.ts';
import { type Finding, fault, LATER_FIX, ok } from './finding.ts';
import { withDeadline } from './with-deadline.ts';

const UNAVAILABLE = { text: "Scalekit's token endpoint gives no token.", fix: LATER_FIX };

const FAULTS: Partial<Record<ErrorCode, { text: string; fix: string }>> = {
  not_configured: {
    text: 'Scalekit refuses SCALEKIT_CLIENT_ID with its secret.',
    fix: "Copy both anew from the API settings of this environment in Scalekit's dashboard; each environment has its own.",
  },
  rate_limited: {
    text: "Scalekit limits the rate of our client's tokens.",
    fix: 'Run this again in a minute.',
  },
  dependency_unavailable: {
    text: 'The secret that SCALEKIT_CLIENT_SECRET_ARN names cannot be read.',
    fix: 'Look whether the credentials and the region of AWS in this environment may read it, or set SCALEKIT_CLIENT_SECRET.',
  },
};

/** Fetches an access token with the client's credentials. */
export async function checkCredentials({ token }: Scalekit): Promise<Finding> {
  try {
    await withDeadline(({ signal }) => token.get(signal));
    return ok('Scalekit takes the credentials of the client.');
  } catch (error) {
    const { text, fix } = (error instanceof ToolError && FAULTS[error.code]) || UNAVAILABLE;
    return fault(text, fix);
  }
}
