import * as z from 'zod';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { HttpResponse } from '../../lib/http-client/http-client.ts';
import { TransportError } from '../../lib/http-client/transport-error.ts';
import { askScalekit } from '../../lib/scalekit/ask-scalekit.ts';
import { ScalekitSdk } from '../../lib/scalekit/scalekit-sdk.ts';
import { parseJson } from '../../lib/text/json.ts';
import { type Finding, fault, LATER_FIX, ok } from './finding.ts';
import { withDeadline } from './with-deadline.ts';

const URL_FIX = "Copy SCALEKIT_ENV_URL again from the API settings in Scalekit's dashboard.";

// These patterns are compared with the error codes of Node.js:
// https://nodejs.org/api/errors.html#nodejs-error-codes
const FAILURES = [
  { code: /^(?:ENOTFOUND|EAI_)/, reason: 'there is no host with that name', fix: URL_FIX },
  {
    code: /CERT|SSL|TLS|EPROTO|UNABLE_TO/,
    reason: 'no trusted TLS connection is possible',
    // https://nodejs.org/api/cli.html#node_extra_ca_certsfile
    fix: `${URL_FIX} In a network that inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate.`,
  },
];
const NO_ANSWER = {
  reason: 'nothing responds in time',
  fix: `${URL_FIX} Also check the network.`,
};

const Keys = z.object({ keys: z.array(z.unknown()) });

/**
 * Checks whether Scalekit can be reached, by fetching its public keys. This request needs no credentials.
 * @param environmentUrl must be a valid URL
 */
export async function checkReachable(environmentUrl: string): Promise<Finding> {
  const sdk = new ScalekitSdk({ environmentUrl, clientId: '' });
  try {
    // The SDK of Scalekit reads the keys from the same path.
    const answer = await withDeadline((deadline) =>
      askScalekit(sdk, deadline, (limits) => sdk.control({ method: 'GET', path: '/keys', ...limits })),
    );
    return judge(answer, environmentUrl);
  } catch (error) {
    return unreachable(error, environmentUrl);
  }
}

function judge({ status, body }: HttpResponse, environmentUrl: string): Finding {
  if (status >= 500 || status === 429)
    return fault(`Scalekit returns status ${status} at ${environmentUrl}.`, LATER_FIX);
  if (status === 200 && Keys.safeParse(parseJson(body)).success)
    return ok(`Scalekit responds at ${environmentUrl}.`);
  return fault(`${environmentUrl} is not a Scalekit environment.`, URL_FIX);
}

function unreachable(error: unknown, environmentUrl: string): Finding {
  const { cause } = error instanceof ToolError ? error : { cause: error };
  const code = cause instanceof TransportError ? cause.code : '';
  const { reason, fix } = FAILURES.find((known) => known.code.test(code)) ?? NO_ANSWER;
  return fault(`${environmentUrl} cannot be reached: ${reason}${code && ` (${code})`}.`, fix);
}
