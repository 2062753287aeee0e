import type { Scalekit } from '../../lib/scalekit/scalekit.ts';
import { type CheckSubject, consentStep } from './check-subject.ts';
import { type Finding, fault, ok } from './finding.ts';
import { withDeadline } from './with-deadline.ts';

const GMAIL = 'https://www.googleapis.com/auth/gmail';
const GMAIL_ALL = 'https://mail.google.com/';

/** For each scope, the broader scopes that include it. */
const INCLUDED_IN: Readonly<Record<string, readonly string[]>> = {
  // https://developers.google.com/workspace/gmail/api/auth/scopes
  [`${GMAIL}.readonly`]: [`${GMAIL}.modify`, GMAIL_ALL],
  [`${GMAIL}.labels`]: [`${GMAIL}.modify`, GMAIL_ALL],
  [`${GMAIL}.send`]: [`${GMAIL}.compose`, `${GMAIL}.modify`, GMAIL_ALL],
  [`${GMAIL}.compose`]: [`${GMAIL}.modify`, GMAIL_ALL],
  [`${GMAIL}.modify`]: [GMAIL_ALL],
  // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
  public_repo: ['repo'],
  'read:user': ['user'],
  'user:email': ['user'],
  'read:org': ['write:org', 'admin:org'],
};

/** Compares the account's scopes with the scopes that the tools need. */
export async function checkScopes(
  subject: CheckSubject,
  granted: readonly string[],
  { accounts }: Scalekit,
): Promise<Finding> {
  const { name, scopes, account } = subject;
  const missing = missingScopes(scopes, new Set(granted)).join(', ');
  if (!missing) return ok(`${name}: the account has the scopes that the tools need.`);
  const link = await withDeadline((deadline) => accounts.authorizationUrl(account, deadline));
  return fault(
    `${name}: the account lacks ${missing}.`,
    `Add these scopes to the connection "${account.connection}" in Scalekit's dashboard. ${consentStep(subject, link)}`,
  );
}

/** Returns the needed scopes that are not granted and that no granted scope includes. */
export function missingScopes(needed: readonly string[], granted: ReadonlySet<string>): string[] {
  return needed.filter((scope) => ![scope, ...(INCLUDED_IN[scope] ?? [])].some((name) => granted.has(name)));
}
