import type { Account } from '../../lib/scalekit/account.ts';

/** A connector in one environment, for one user. */
export interface CheckSubject {
  /** The name of the connector, which messages begin with. */
  name: string;
  account: Account;
  /** What its tools need. */
  scopes: readonly string[];
  /** Whether a link to the consent page would lead back to the application. */
  hasUserVerifyUrl: boolean;
}

/** What the user does next. @param link to the consent page; null where none could be had */
export function consentStep({ hasUserVerifyUrl }: CheckSubject, link: string | null): string {
  if (!hasUserVerifyUrl) return 'Set USER_VERIFY_URL, and run this again for the link to the consent page.';
  return link
    ? `Have the user consent at ${link}`
    : "Scalekit gives no link to the consent page: look at USER_VERIFY_URL and at the connection in Scalekit's dashboard.";
}
