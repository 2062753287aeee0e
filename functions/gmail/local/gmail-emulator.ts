import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createEmulator } from 'emulate';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import type { Person } from '../../../local/providers/harbor-bikes.ts';
import { completeMessages } from './complete-messages.ts';
import { insufficientPermissions } from './google-error.ts';
import type { MailSettings } from './mail-settings.ts';
import { type Mail, mailbox } from './mailbox.ts';
import { isAllowed } from './scopes.ts';

// `emulate` returns 403 after 5,000 requests with one token in an hour, so each account uses many tokens, one after the
// other.
const TOKENS_PER_ACCOUNT = 1_000;

export interface GmailAccount {
  user: Person;
  accessToken: string;
  scopes: readonly string[];
  labels: readonly { id: string; name: string; user_email: string }[];
  mails: readonly Mail[];
  settings: MailSettings;
}

/**
 * Starts the Gmail emulator of the `emulate` package. Adds the settings, scopes, headers and types of e-mail
 * that the package does not have.
 */
export async function startGmailEmulator(accounts: readonly GmailAccount[]) {
  const google = await createEmulator({ service: 'google', seed: seedOf(accounts), port: 0 });
  const googleUrl = `http://127.0.0.1:${new URL(google.url).port}`;
  const supplements = new Map(
    accounts.flatMap(({ mails }) =>
      mails.map(({ id, headers = [], payload }) => [id, { headers, payload }] as const),
    ),
  );

  let requests = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const { pathname, searchParams } = new URL(url, googleUrl);
    const body = await buffer(request);
    const account = accounts.find(
      ({ accessToken }) => request.headers.authorization === `Bearer ${accessToken}`,
    );
    const own = account && answerOf(account, method, pathname);
    if (own) return send(response, own.status, own.body);
    requests += 1;
    const answered = await fetch(googleUrl + pathname + knownSearch(searchParams), {
      method,
      headers: {
        ...(account && { authorization: `Bearer ${tokenOf(account, requests % TOKENS_PER_ACCOUNT)}` }),
        ...(request.headers['content-type'] && { 'content-type': request.headers['content-type'] }),
      },
      ...(body.length > 0 && { body }),
    });
    const text = await answered.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    send(
      response,
      answered.status,
      completeMessages(json, supplements, searchParams.getAll('metadataHeaders')),
    );
  }

  const front = await listenOnLoopback(createServer(answer), 0).catch(async (error: unknown) => {
    await google.close();
    throw error;
  });
  return {
    url: front.url,
    async reset() {
      for (const { settings } of accounts) settings.reset();
      await google.reset();
    },
    async close() {
      await Promise.all([front.close(), google.close()]);
    },
  };
}

const MS_PER_DAY = 86_400_000;
const ATTACHMENT_PATH = /^\/gmail\/v1\/users\/me\/messages\/([^/]+)\/attachments\/([^/]+)$/;

function answerOf({ scopes, settings, mails }: GmailAccount, method: string, path: string) {
  if (!isAllowed(method, path, scopes)) return insufficientPermissions();
  const [, messageId, attachmentId = ''] = ATTACHMENT_PATH.exec(path) ?? [];
  const content = mails.find(({ id }) => id === messageId)?.files?.[attachmentId];
  if (content === undefined) return settings.answer(method, path);
  const data = Buffer.from(content).toString('base64url');
  return { status: 200, body: { size: content.length, data } };
}

/**
 * Returns the query with only those search operators that the emulator knows.
 * https://support.google.com/mail/answer/7190
 */
function knownSearch(query: URLSearchParams): string {
  const search = query.get('q');
  if (search === null) return query.size > 0 ? `?${query}` : '';
  const known = search
    .replace(/\bcategory:(\w+)/g, (_, name: string) => `label:CATEGORY_${name.toUpperCase()}`)
    .replace(
      /\bnewer_than:(\d+)d\b/g,
      (_, days: string) => `after:${Date.now() - Number(days) * MS_PER_DAY}`,
    );
  query.set('q', known);
  return `?${query}`;
}

function tokenOf({ accessToken }: GmailAccount, number: number): string {
  return `${accessToken}-${number}`;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json; charset=UTF-8' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function seedOf(accounts: readonly GmailAccount[]) {
  return {
    tokens: Object.fromEntries(
      accounts.flatMap((account) => {
        const { user, scopes } = account;
        return Array.from({ length: TOKENS_PER_ACCOUNT }, (_, number) => [
          tokenOf(account, number),
          { login: user.email, scopes: [...scopes] },
        ]);
      }),
    ),
    google: {
      users: accounts.map(({ user }) => ({ email: user.email, name: user.name })),
      labels: accounts.flatMap(({ labels }) => labels),
      messages: accounts.flatMap(({ user, mails }) => mailbox(user, mails)),
    },
  };
}
