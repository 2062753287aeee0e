import type { ErrorCode } from '../../lib/errors/error-codes.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import { type CheckSubject, consentStep } from './check-subject.ts';
import { type Finding, fault, LATER_FIX } from './finding.ts';

type Fix = (subject: CheckSubject, error: ToolError) => string;

const LOOK_AT_CONNECTION: Fix = ({ account: { connection, connectionSetting } }) =>
  `Check in Scalekit's dashboard that "${connection}" is a connection of this provider, or set ${connectionSetting} to another one.`;
const WAIT_FOR_PROVIDER: Fix = () =>
  "Check the provider's status page and run this again later. If the error persists, check the connection in Scalekit's dashboard.";

const FIXES: Partial<Record<ErrorCode, Fix>> = {
  authorization_required: (subject, { authorizationUrl }) => consentStep(subject, authorizationUrl),
  // If a scope is missing, the path is empty, because the error concerns the whole call. If the provider
  // rejected a value, the path names a field.
  permission_denied: (subject, { details, authorizationUrl }) =>
    details.some(({ path }) => path === '')
      ? `Add the scopes ${subject.scopes.join(', ')} to the connection "${subject.account.connection}" in Scalekit's dashboard. ${consentStep(subject, authorizationUrl)}`
      : 'Ask an administrator of the account at the provider.',
  // An error has `upstream` only if the request went through Scalekit's proxy to the provider.
  not_configured: ({ account: { connection } }, { upstream }) =>
    upstream
      ? `Check the connection "${connection}" in Scalekit's dashboard, and ask Scalekit's support to enable the proxy for its provider.`
      : "Check in Scalekit's dashboard that the client in SCALEKIT_CLIENT_ID may manage connected accounts.",
  rate_limited: (_subject, { retryAfterSeconds }) => `Run this again in ${retryAfterSeconds} seconds.`,
  scalekit_unavailable: () => LATER_FIX,
  provider_unavailable: WAIT_FOR_PROVIDER,
  provider_timeout: WAIT_FOR_PROVIDER,
  not_found: LOOK_AT_CONNECTION,
  rejected_by_provider: LOOK_AT_CONNECTION,
  invalid_provider_response: LOOK_AT_CONNECTION,
};
const OTHERWISE: Fix = ({ name }) =>
  `Call a tool of ${name} with npm run invoke, which prints the call's log.`;

/**
 * Turns an error into a finding for an operator.
 * @param check the name of the check, for example `the proxy`
 */
export function errorFinding(check: string, error: unknown, subject: CheckSubject): Finding {
  const about = `${subject.name}: ${check}`;
  if (!(error instanceof ToolError)) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return fault(
      `${about} could not be checked. ${firstLine(reason)}`,
      'This is a fault of the check itself. Please report it.',
    );
  }
  const issues = error.details.map(({ issue }) => issue).join(', ');
  const reason = firstSentence(error.message) + (issues && ` It ${issues}.`);
  return fault(`${about}: ${reason}`, (FIXES[error.code] ?? OTHERWISE)(subject, error));
}

/**
 * Returns the first sentence of a message. The other sentences advise agents, and this report is for
 * operators.
 */
function firstSentence(message: string): string {
  return message.replace(/(?<=\.) .*$/s, '');
}

function firstLine(text: string): string {
  return text.replace(/\n.*$/s, '');
}
