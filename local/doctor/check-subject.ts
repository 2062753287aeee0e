import type { Account } from '../../lib/scalekit/accounts-api.ts';

/** The connector and the user whose account is checked. */
export interface CheckSubject {
  /** The connector's name. Messages begin with it. */
  name: string;
  account: Account;
  /** The scopes that the connector's tools need. */
  scopes: readonly string[];
  /** True if USER_VERIFY_URL is valid. A consent link then leads the user back to the application. */
  hasUserVerifyUrl: boolean;
}

/** Returns the user's next step. @param link the consent page; null if there is no link */
export function consentStep({ hasUserVerifyUrl }: CheckSubject, link: string | null): string {
  if (!hasUserVerifyUrl)
    return 'Set USER_VERIFY_URL, then run this again to get the link to the consent page.';
  return link
    ? `Ask the user to consent at ${link}`
    : "Scalekit returns no link to the consent page. Check USER_VERIFY_URL and the connection in Scalekit's dashboard.";
}
