import type { ErrorCode } from '../../lib/errors/error-codes.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { Scalekit } from '../../lib/scalekit/scalekit.ts';
import { type Finding, fault, LATER_FIX, ok } from './finding.ts';
import { withDeadline } from './with-deadline.ts';

const UNAVAILABLE = { text: "Scalekit's token endpoint returns no token.", fix: LATER_FIX };

const FAULTS: Partial<Record<ErrorCode, { text: string; fix: string }>> = {
  not_configured: {
    text: 'Scalekit rejects SCALEKIT_CLIENT_ID or its secret.',
    fix: "Copy both again from this environment's API settings in Scalekit's dashboard. Each environment has its own.",
  },
  rate_limited: {
    text: "Scalekit limits the client's token requests.",
    fix: 'Run this again in a minute.',
  },
  dependency_unavailable: {
    text: 'The secret in SCALEKIT_CLIENT_SECRET_ARN cannot be read.',
    fix: "Check that this environment's AWS credentials and region can read it, or set SCALEKIT_CLIENT_SECRET.",
  },
};

/** Fetches an access token with the client's credentials. */
export async function checkCredentials({ token }: Scalekit): Promise<Finding> {
  try {
    await withDeadline(({ signal }) => token.get(signal));
    return ok('Scalekit accepts the client credentials.');
  } catch (error) {
    const { text, fix } = (error instanceof ToolError && FAULTS[error.code]) || UNAVAILABLE;
    return fault(text, fix);
  }
}
