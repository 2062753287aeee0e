/** How a secret looks in a text. */
interface SecretPattern {
  kind: string;
  pattern: RegExp;
}

/** What may never be in a recording, be it scrubbed or not: a recording that had one is not worth the risk. */
export const CREDENTIAL_PATTERNS: readonly SecretPattern[] = [
  // https://docs.cloud.google.com/docs/authentication/token-types
  { kind: 'Google access token', pattern: /ya29\.[\w.-]{6,}/ },
  { kind: 'Google refresh token', pattern: /(?<!\w)1\/\/[\w-]{10,}/ },
  { kind: 'Google API key', pattern: /AIza[\w-]{20,}/ },
  { kind: 'Google client secret', pattern: /GOCSPX-[\w-]{10,}/ },
  // https://docs.slack.dev/authentication/tokens
  { kind: 'Slack token', pattern: /xox[abeprsc][-.][\w.-]{6,}/i },
  { kind: 'Slack app token', pattern: /xapp-[\w-]{6,}/i },
  { kind: 'Slack webhook', pattern: /hooks\.slack(?:-gov)?\.com/i },
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
  { kind: 'GitHub token', pattern: /gh[pousr]_[A-Za-z0-9]{10,}/ },
  { kind: 'GitHub token', pattern: /github_pat_\w{10,}/ },
  // https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/sfdx_dev_auth_view_info.htm
  { kind: 'Salesforce session', pattern: /00D[A-Za-z0-9]{9,15}(?:!|%21)[A-Za-z0-9._]{10,}/ },
  { kind: 'Salesforce login URL', pattern: /force:\/\/\S+/i },
  { kind: 'Salesforce refresh token', pattern: /(?<!\w)5Aep861[\w.]{10,}/ },
  // https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/overview
  { kind: 'HubSpot token', pattern: /pat-[a-z]{2}\d-[\da-f-]{8,}/i },
  {
    kind: 'HubSpot refresh token',
    pattern: /(?<![\w-])[a-z]{2}\d-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4,}/i,
  },
  // A protocol buffer in base64: no text begins with these bytes, but within a long attachment they are nothing.
  { kind: 'HubSpot access token', pattern: /(?<![\w+-])(?<![\w+/]{60})C[I-P][\w-]{40,}/ },
  // https://www.rfc-editor.org/rfc/rfc7519
  { kind: 'JSON Web Token', pattern: /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  { kind: 'AWS access key', pattern: /(?<![A-Z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Z0-9])/ },
  {
    kind: 'AWS secret key',
    pattern: /aws.{0,20}(?:secret|key).{0,20}(?<![\w/+])[\w/+]{40}(?![\w/+])/is,
  },
  // https://docs.stripe.com/keys
  { kind: 'Stripe key', pattern: /(?<![A-Za-z])[srp]k_(?:live|test)_[A-Za-z0-9]{8,}/ },
  { kind: 'Stripe webhook secret', pattern: /whsec_[A-Za-z0-9+/]{8,}/ },
  { kind: 'private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  { kind: 'password in a URL', pattern: /[a-z][a-z\d+.-]*:\/\/[^\s/?#:@"'<>]*:[^\s/?#@"'<>]+@/i },
  { kind: 'bearer token', pattern: /\bbearer[\s:=]+(?=[^\s"']*[\d._-])[\w.~+/-]{8,}/i },
  { kind: 'basic credentials', pattern: /\bauthorization["']?\s*[:=]\s*["']?basic\s+\S{4,}/i },
];

/** What scrubbing takes away, so that it must be gone afterwards. The first group is the value. */
export const LEFTOVER_PATTERNS: readonly SecretPattern[] = [
  {
    kind: 'credential field',
    pattern:
      /(?:password|passwd|secret|(?<!page|sync)token|api[_-]?key|authorization)["']?\s*[:=]\s*["']?([^\s"'&,;<>{}[\]\\]{4,})/gi,
  },
  { kind: 'e-mail address', pattern: /([\w.+%=~-]+@(?!example\.com\b)[a-z\d-]+(?:\.[a-z\d-]+)+)/gi },
];

const SECRET_KEY =
  /^(?:.*[_-])?(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|authorization|credentials?|private[_-]?key|access[_-]?key|cookie)s?$/i;
const CAMEL_SECRET_KEY = /[a-z](?:Password|Secret|Token|ApiKey|Authorization|PrivateKey|AccessKey)$/;
const PAGE_TOKEN = /^(?:next|prev|previous)?[_-]?(?:page|sync|continuation)[_-]?token$/i;

/** Whether a key or parameter holds a credential by its name; the tokens of pages are none. */
export function isSecretKey(name: string): boolean {
  return !isPageToken(name) && (SECRET_KEY.test(name) || CAMEL_SECRET_KEY.test(name));
}

export function isPageToken(name: string): boolean {
  return PAGE_TOKEN.test(name) || /^next(?:Page|Sync)Token$/.test(name);
}
