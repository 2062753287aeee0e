import * as z from 'zod';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { Account } from '../../lib/scalekit/accounts-api.ts';
import { ControlPlane } from '../../lib/scalekit/control-plane.ts';
import type { Scalekit } from '../../lib/scalekit/scalekit.ts';
import { scalekitError } from '../../lib/scalekit/scalekit-error.ts';
import { parseJson } from '../../lib/text/json.ts';
import type { Deadline } from '../../lib/time/deadline.ts';

// Leaves out the fields that contain a token.
const Details = z.object({
  connected_account: z.object({
    status: z
      .string()
      .regex(/^[A-Z_]+$/)
      .catch('CONNECTION_STATUS_UNSPECIFIED'),
    authorization_details: z
      .object({ oauth_token: z.object({ scopes: z.array(z.string()) }) })
      .optional()
      .catch(undefined),
  }),
});

export interface AccountDetails {
  /** For example `ACTIVE`. */
  status: string;
  /** The granted scopes; undefined if Scalekit does not list them. */
  scopes: string[] | undefined;
}

/**
 * Reads an account from Scalekit. Unlike a tool, it does not create a missing account.
 * @returns undefined if the account or the connection does not exist
 * @throws ToolError
 */
export async function readAccountDetails(
  { sdk, token }: Scalekit,
  { connection, identifier }: Account,
  deadline: Deadline,
): Promise<AccountDetails | undefined> {
  // https://docs.scalekit.com/apis/#tag/connected-accounts
  const answer = await new ControlPlane(sdk, token).send(
    {
      method: 'GET',
      path: '/api/v1/connected_accounts/details',
      query: { connector: connection, identifier },
    },
    deadline,
  );
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw scalekitError(answer, 'to look at connected accounts');
  try {
    const { status, authorization_details } = Details.parse(parseJson(answer.body)).connected_account;
    const { scopes = [] } = authorization_details?.oauth_token ?? {};
    return { status, scopes: scopes.length > 0 ? scopes : undefined };
  } catch (cause) {
    throw new ToolError('scalekit_unavailable', { cause });
  }
}
