import { isPageToken } from './secret-patterns.ts';

/** What a value is, which says what takes its place. */
export type Kind =
  | 'identifier'
  | 'ID'
  | 'page token'
  | 'name'
  | 'e-mail address'
  | 'phone number'
  | 'IP address'
  | 'host'
  | 'URL parameter'
  | 'text'
  | 'binary';

type KeyKind = Extract<Kind, 'ID' | 'page token' | 'name' | 'phone number' | 'text'> | 'term';

const words = (list: string) => new Set(list.split(' '));

/** By the last word of a key: `threadId` and `thread_id` end in `id`. */
const BY_LAST_WORD: readonly (readonly [KeyKind, ReadonlySet<string>])[] = [
  ['page token', words('cursor after before')],
  ['ID', words('id ids uuid guid oid gid sha etag ts hash fingerprint revision')],
  ['phone number', words('phone mobile fax tel telephone')],
  [
    'name',
    words(
      'name names firstname lastname fullname realname displayname surname nickname login handle username email emails mail from to cc bcc sender recipient recipients author authors assignee company organization organisation',
    ),
  ],
  [
    'term',
    words(
      'type types kind status state mime mimetype object event subtype role visibility permission permissions reason error code domain category language locale timezone tz currency stage priority scope scopes format disposition encoding method colour color needed provided warning rel mode comparison ok location action property side granularity',
    ),
  ],
  ['text', words('text snippet subject body description message title note notes content comment summary')],
];

/** By a whole key, where its last word would mislead. */
const BY_KEY: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  ['channel', 'ID'],
  ['user', 'ID'],
  ['team', 'ID'],
  ['owner', 'ID'],
  ['repo', 'ID'],
  ['creator', 'ID'],
  ['full_name', 'ID'],
  ['hs_object_id', 'ID'],
  ['nextRecordsUrl', 'page token'],
  ['content-type', 'term'],
  ['mime-version', 'term'],
  ['content-transfer-encoding', 'term'],
  ['x-oauth-scopes', 'term'],
  ['x-accepted-oauth-scopes', 'term'],
  ['x-github-request-id', 'ID'],
  ['return-path', 'name'],
  ['delivered-to', 'name'],
  ['reply-to', 'name'],
  ['removeLabelIds', 'ID'],
]);

/** What the values under a key are; undefined where nothing is known of it. */
export function kindOfKey(key: string): KeyKind | undefined {
  if (isPageToken(key)) return 'page token';
  const known = BY_KEY.get(key) ?? BY_KEY.get(key.toLowerCase());
  if (known) return known;
  const last = key
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .findLast((word) => word !== '');
  return BY_LAST_WORD.find(([, list]) => last !== undefined && list.has(last))?.[0];
}

// Terms of one or two words, or a list of scopes: no sentence.
const TERM = /^[\w.:/@#-]+(?: [\w.:/@#-]+)?$/;
const SCOPES = /^[a-z][\w.:/-]*(?:[, ]+[a-z][\w.:/-]*)*$/;
const MEDIA_TYPE = /^[a-z]+\/[\w.+-]+(?:; ?[\w-]+="?[\w.=+-]+"?)*$/i;
const LIMIT = /^[\d.:;=/ a-z-]{1,60}$/;

/** Whether a value under a key of terms is one, which tools compare and nobody wrote. */
export function isTerm(key: string, value: string): boolean {
  if (/scope|needed|provided/.test(key)) return SCOPES.test(value);
  return TERM.test(value) || MEDIA_TYPE.test(value);
}

/** Whether the header of an answer says nothing but a limit. */
export function isLimit(name: string, value: string): boolean {
  return /ratelimit|retry-after|limit-info/.test(name) && LIMIT.test(value);
}

/** What is the same for everybody: https://developers.google.com/workspace/gmail/api/guides/labels */
const CONSTANTS =
  /^(?:INBOX|SPAM|TRASH|UNREAD|STARRED|IMPORTANT|SENT|DRAFT|CHAT|me|primary|(?:CATEGORY|YELLOW)_[A-Z]+)$/;
const FORMS: readonly RegExp[] = [
  CONSTANTS,
  /^[\s\p{P}\p{S}]*$/u,
  /^(?:true|false|null|yes|no)$/i,
  /^[A-Z]+(?:_[A-Z]+)+$/,
  // A date, or a number too short to say whose it is.
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/,
  /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})(?: \([A-Z]+\))?$/,
  /^-?\d{1,4}(?:\.\d{1,4})?$/,
  /^v?\d{1,2}(?:\.\d{1,2}){1,2}$/,
  /^[a-z]+#[a-zA-Z]+$/,
];
const TIME_KEY = /date|time|(?:_at|At)$/i;

/** Whether a value is of a form that says nothing of anybody, whatever its key. */
export function isHarmless(key: string, value: string): boolean {
  return FORMS.some((form) => form.test(value)) || (TIME_KEY.test(key) && /^\d{10}(?:\d{3})?$/.test(value));
}
