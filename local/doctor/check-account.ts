import { ToolError } from '../../lib/errors/tool-error.ts';
import type { Scalekit } from '../../lib/scalekit/scalekit.ts';
import type { Deadline } from '../../lib/time/deadline.ts';
import { type CheckSubject, consentStep } from './check-subject.ts';
import { errorFinding } from './error-finding.ts';
import { type Finding, fault, ok } from './finding.ts';
import { type AccountDetails, readAccountDetails } from './read-account-details.ts';
import { withDeadline } from './with-deadline.ts';

interface AccountCheck {
  findings: Finding[];
  isActive: boolean;
  /** The scopes that Scalekit reports; undefined if Scalekit does not list them. */
  scopes: string[] | undefined;
}

const ACTIVE = 'ACTIVE';
// https://docs.scalekit.com/apis/#tag/connected-accounts
const REASONS: Readonly<Record<string, string>> = {
  PENDING_AUTH: 'The user has not consented yet.',
  PENDING_VERIFICATION: 'The page at USER_VERIFY_URL has not verified the user after consent.',
  EXPIRED: 'The consent has expired, and Scalekit cannot renew it.',
  DISCONNECTED: 'It was disconnected.',
};

/**
 * Checks the connection, and the user's account on this connection. If the account does not exist, it is
 * created, as in a call of a tool.
 */
export async function checkAccount(subject: CheckSubject, scalekit: Scalekit): Promise<AccountCheck> {
  try {
    return await withDeadline(async (deadline) => {
      const details = await readAccountDetails(scalekit, subject.account, deadline);
      return details
        ? await judge(details, subject, scalekit, deadline)
        : await makeAccount(subject, scalekit, deadline);
    });
  } catch (error) {
    return unusable(errorFinding('the account', error, subject));
  }
}

async function judge(
  { status, scopes }: AccountDetails,
  subject: CheckSubject,
  { accounts }: Scalekit,
  deadline: Deadline,
): Promise<AccountCheck> {
  const { name, account } = subject;
  const text = `${name}: the account of ${account.identifier} is ${status}.`;
  if (status === ACTIVE) return { findings: [connectionFound(subject), ok(text)], isActive: true, scopes };
  const reason = REASONS[status] ?? "Check it in Scalekit's dashboard.";
  const link = await accounts.authorizationUrl(account, deadline);
  return unusable(connectionFound(subject), fault(text, `${reason} ${consentStep(subject, link)}`));
}

/**
 * Creates the account. A missing connection is found in this way, because Scalekit reports it only when an
 * account is created.
 */
async function makeAccount(
  subject: CheckSubject,
  { accounts }: Scalekit,
  deadline: Deadline,
): Promise<AccountCheck> {
  const { name, account } = subject;
  const { connection, connectionSetting, identifier } = account;
  try {
    await accounts.assertActive(account, deadline);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    if (error.code === 'authorization_required')
      return unusable(
        connectionFound(subject),
        fault(
          `${name}: ${identifier} had no account. It was created, with status ${error.accountStatus}.`,
          consentStep(subject, error.authorizationUrl),
        ),
      );
    // The name of the setting occurs only in the message about a missing connection.
    if (error.message.includes(connectionSetting))
      return unusable(
        fault(
          `${name}: Scalekit has no connection "${connection}".`,
          `Create it in Scalekit's dashboard, or set ${connectionSetting} to the name of an existing connection.`,
        ),
      );
    throw error;
  }
  const made = ok(`${name}: the account of ${identifier} has just become ACTIVE.`);
  return { findings: [connectionFound(subject), made], isActive: true, scopes: undefined };
}

function connectionFound({ name, account: { connection } }: CheckSubject): Finding {
  return ok(`${name}: Scalekit has the connection "${connection}".`);
}

function unusable(...findings: Finding[]): AccountCheck {
  return { findings, isActive: false, scopes: undefined };
}
