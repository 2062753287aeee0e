import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { readArguments } from './command-line/read-arguments.ts';
import { reportStartFailure } from './report-start-failure.ts';
import { startStack } from './start-stack.ts';

async function start() {
  readArguments(process.argv.slice(2), {}, 'Usage: npm run demo');
  return startStack({ log: () => {} });
}

const stack = await start().catch((error: unknown) => {
  reportStartFailure(error);
  process.exit();
});
const { gateway, issuer, providers } = stack;

/** Calls a tool over HTTP as a user, and prints the request and the response. */
async function call(user: string, tool: string, input: unknown, headers: Record<string, string> = {}) {
  const token = await issuer.sign({ sub: user });
  console.log(`\n  ${user} → POST /tools/${tool} ${JSON.stringify(input)}`);
  const response = await fetch(`${gateway.url}/tools/${tool}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  });
  const answer: unknown = await response.json();
  console.log(`  ${response.status} ${JSON.stringify(answer, null, 2).replaceAll('\n', '\n  ')}`);
  return { status: response.status, answer };
}

/** Completes a consent as the given user, on the application's page. Returns the HTTP status. */
async function completeConsent(user: string): Promise<number> {
  const { origin, pathname, searchParams } = new URL(verifyLink);
  console.log(`\n  ${user} → the application → POST /accounts/verify`);
  const body = new URLSearchParams({ ...Object.fromEntries(searchParams), user });
  const response = await fetch(origin + pathname, { method: 'POST', body });
  const message = /<p>(.*?)<\/p>/s.exec(await response.text())?.[1];
  console.log(`  ${response.status} ${message}`);
  return response.status;
}

/**
 * Returns the fields of a response that the next chapter needs.
 * @throws Error if a field is missing
 */
function expect<Schema extends z.ZodType>(schema: Schema, { answer }: { answer: unknown }): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new Error(`The next chapter cannot use the answer: ${z.prettifyError(result.error)}`);
}

const errorWith = (code: string) =>
  z.object({ error: z.object({ code: z.literal(code), authorization_url: z.string().nullable() }) });
const Unread = z.object({ messages: z.array(z.unknown()).min(1), next_cursor: z.string().nullable() });

const Sent = z.object({ ts: z.string(), channel: z.string() });

let connectLink = '';
let link = '';
let verifyLink = '';
let sent = { ts: '', channel: '' };
const key = { 'idempotency-key': crypto.randomUUID() };
const text = `Twelve bikes for City Ferries: the offer is out. (${new Date().toISOString()})`;

/** The chapters. Each one uses the tools of one connector. */
const STORY: [title: string, connector: string, play: () => Promise<void>][] = [
  [
    "The filters of Ada's mailbox",
    'gmail',
    async () => {
      expect(
        z.object({ filters: z.array(z.unknown()).min(1) }),
        await call('user_ada', 'gmail_list_filters', {}),
      );
    },
  ],
  [
    'Her unread mail, three at a time. The cursor gets the next three',
    'gmail',
    async () => {
      const first = expect(Unread, await call('user_ada', 'gmail_list_unread', { max_results: 3 }));
      const cursor = first.next_cursor;
      const second = expect(Unread, await call('user_ada', 'gmail_list_unread', { max_results: 3, cursor }));
      if (isDeepStrictEqual(first.messages, second.messages))
        throw new Error('The second page repeats the first.');
    },
  ],
  [
    'Grace has not connected Gmail. The error contains a link for her',
    'gmail',
    async () => {
      const { error } = expect(
        errorWith('authorization_required'),
        await call('user_grace', 'gmail_list_unread', {}),
      );
      if (!error.authorization_url) throw new Error('The error has no link.');
      connectLink = error.authorization_url;
    },
  ],
  [
    'She opens it, signed in to the application. It starts the consent in her session',
    'gmail',
    async () => {
      const { origin, pathname, searchParams } = new URL(connectLink);
      console.log(`\n  GET ${connectLink}, then POST as user_grace → POST /accounts/gmail/authorize`);
      const page = await fetch(connectLink);
      const body = new URLSearchParams({ ...Object.fromEntries(searchParams), user: 'user_grace' });
      const started = await fetch(origin + pathname, { method: 'POST', body, redirect: 'manual' });
      link = started.headers.get('location') ?? '';
      console.log(`  ${page.status}, then ${started.status} → ${link}`);
      if (!page.ok || !link) throw new Error('The application did not start the consent.');
    },
  ],
  [
    'She confirms on the consent page and returns to the application',
    'gmail',
    async () => {
      console.log(`\n  GET, then POST ${link}`);
      const page = await fetch(link);
      const body = new URLSearchParams();
      const confirmed = await fetch(link, { method: 'POST', body, redirect: 'manual' });
      verifyLink = confirmed.headers.get('location') ?? '';
      console.log(`  ${page.status}, then ${confirmed.status} → ${verifyLink}`);
      if (!page.ok || !verifyLink) throw new Error('The page did not accept the confirmation.');
    },
  ],
  [
    'Another signed-in user cannot complete her consent',
    'gmail',
    async () => {
      if ((await completeConsent('user_ada')) !== 403) throw new Error("Ada could complete Grace's consent.");
    },
  ],
  [
    'She can complete it: the application verifies that it was her',
    'gmail',
    async () => {
      if ((await completeConsent('user_grace')) !== 200)
        throw new Error('Grace could not complete her consent.');
    },
  ],
  [
    'Now the same call works and returns her mail',
    'gmail',
    async () => {
      expect(Unread, await call('user_grace', 'gmail_list_unread', {}));
    },
  ],
  [
    'Ada posts to Slack',
    'slack',
    async () => {
      const posted = await call('user_ada', 'slack_send_message', { channel: 'sales', text }, key);
      sent = expect(Sent, posted);
    },
  ],
  [
    'Her agent repeats the call with the same key. It gets the same answer, and nothing is posted twice',
    'slack',
    async () => {
      const again = await call('user_ada', 'slack_send_message', { channel: 'sales', text }, key);
      if (!isDeepStrictEqual(expect(Sent, again), sent)) throw new Error('The message was posted twice.');
    },
  ],
  [
    'The message, read directly from the provider',
    'slack',
    async () => {
      const slack = providers.find(({ connector }) => connector === 'slack');
      const token = slack?.grants.find(({ identifier }) => identifier === 'user_ada')?.accessToken;
      const response = await fetch(`${slack?.url}/api/conversations.history?channel=${sent.channel}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const History = z.object({ messages: z.array(z.object({ ts: z.string(), text: z.string() })) });
      const message = History.parse(await response.json()).messages.find(({ ts }) => ts === sent.ts);
      console.log(`\n  ${JSON.stringify(message)}`);
      if (message?.text !== text) throw new Error('Slack does not have the message as it was sent.');
    },
  ],
  [
    'Invalid input is rejected before anything is called',
    'gmail',
    async () => {
      expect(
        errorWith('invalid_input'),
        await call('user_ada', 'gmail_list_unread', { max_results: 'many', user: 'grace' }),
      );
    },
  ],
  [
    'An error of the provider becomes a clear error',
    'slack',
    async () => {
      expect(
        errorWith('not_found'),
        await call('user_ada', 'slack_send_message', { channel: 'no-such-channel', text: 'Hello' }),
      );
    },
  ],
];

const connectors = new Set(stack.functions.map(({ tool }) => tool.connector.name));
// A fork may have removed a connector. Its chapters are then left out.
const chapters = STORY.filter(([, connector]) => connectors.has(connector));

let title = '';
try {
  for (const [index, [name, , play]] of chapters.entries()) {
    title = name;
    console.log(`\n${index + 1}. ${title}`);
    await play();
  }
  const missing = new Set(STORY.flatMap(([, connector]) => (connectors.has(connector) ? [] : connector)));
  const summary = missing.size > 0 ? `the demo without ${[...missing].join(' and ')}` : 'the whole demo';
  console.log(`\nThat was ${summary}. To try it yourself: npm start`);
} catch (error) {
  console.error(`\nThe demo failed at “${title}”: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await stack.close();
}
