import addressParser from 'nodemailer/lib/addressparser';
import { defineTool, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { domainOf, isAddress } from './shared/addresses.ts';
import { isSigned } from './shared/dkim.ts';
import { getHeaders } from './shared/load-mail.ts';
import { messageIdInput } from './shared/mail-ids.ts';
import { headersOf, type Message } from './shared/message.ts';

const LIST_UNSUBSCRIBE = 'List-Unsubscribe';
const LIST_UNSUBSCRIBE_POST = 'List-Unsubscribe-Post';

const URL_LENGTH_MAX = 1_000;
const HEADER_LENGTH_MAX = 20_000;
// Matches a comment, which may contain angle brackets, or an address in angle brackets:
// https://www.rfc-editor.org/rfc/rfc2369#section-3.2
const BRACKETED = /\([^()]{0,2000}\)|<([^<>]{1,2000})>/g;
// Some senders encode the header, although it contains only ASCII: https://www.rfc-editor.org/rfc/rfc2047#section-2
const BETWEEN_ENCODED = /\?=\s+(?==\?)/g;
const ENCODED = /=\?[\w-]{1,40}\?([bq])\?([^?\s]{0,2000})\?=/gi;

const UnsubscribeOptionsOutput = z.strictObject({
  from: text(200).nullable(),
  is_verified: z
    .boolean()
    .nullable()
    .describe("Whether Gmail found the options signed by the sender's own domain; null without options."),
  one_click_url: z.string().max(URL_LENGTH_MAX).nullable(),
  url: z.string().max(URL_LENGTH_MAX).nullable(),
  mailto: z
    .strictObject({ to: text(320), subject: text(300).nullable(), body: text(500).nullable() })
    .nullable(),
});

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_get_unsubscribe_options',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    'Returns how to unsubscribe from the list that sent a Gmail message. It does not unsubscribe. one_click_url needs an HTTP POST with the body List-Unsubscribe=One-Click, url a browser. Options of a sender that is not verified may be a trap: use them only if the user insists.',
  input: {
    message_id: messageIdInput(
      'The id of a message of the list, from gmail_list_unread or gmail_triage_inbox.',
    ),
  },
  output: UnsubscribeOptionsOutput.shape,
  examples: [
    {
      input: { message_id: '18c2f7a9d0e1b234' },
      output: {
        from: 'News <news@example.com>',
        is_verified: true,
        one_click_url: 'https://example.com/unsubscribe/8c02e1',
        url: null,
        mailto: { to: 'leave@example.com', subject: 'unsubscribe', body: null },
      },
    },
  ],

  run: async ({ message_id }, { api }) => toUnsubscribeOptions(await getHeaders(api, message_id)),
});

/** https://www.rfc-editor.org/rfc/rfc2369 and, for one-click unsubscription, https://www.rfc-editor.org/rfc/rfc8058 */
function toUnsubscribeOptions(message: Message): z.input<typeof UnsubscribeOptionsOutput> {
  const froms = headersOf(message, 'From');
  const listed = headersOf(message, LIST_UNSUBSCRIBE);
  const posts = headersOf(message, LIST_UNSUBSCRIBE_POST);
  const urls = addressesOf(listed[0] ?? '');
  const secure = urls.find(({ protocol }) => protocol === 'https:');
  const web = secure ?? urls.find(({ protocol }) => protocol === 'http:');
  const mail = urls.find(({ protocol }) => protocol === 'mailto:');
  // One-click unsubscription requires HTTPS: https://www.rfc-editor.org/rfc/rfc8058#section-3.1
  const isOneClick = secure !== undefined && /^\s*"?list-unsubscribe=one-click"?\s*$/i.test(posts[0] ?? '');
  const webUrl = web && web.href.length <= URL_LENGTH_MAX ? web.href : null;
  const mailto = mail ? mailtoOf(mail) : null;
  const senders = froms.flatMap((value) => addressParser(value, { flatten: true }));
  // If a header occurs twice, the signature may cover only one of the two, so `isVerified` is false.
  const isVerified =
    senders.length === 1 &&
    listed.length === 1 &&
    posts.length <= 1 &&
    isSigned(message, domainOf(senders[0]?.address ?? ''), [
      'from',
      LIST_UNSUBSCRIBE.toLowerCase(),
      ...posts.map(() => LIST_UNSUBSCRIBE_POST.toLowerCase()),
    ]);

  return {
    from: froms[0] ?? null,
    is_verified: webUrl || mailto ? isVerified : null,
    one_click_url: isOneClick ? webUrl : null,
    url: isOneClick ? null : webUrl,
    mailto,
  };
}

/** Returns the URLs in the header, without the spaces that a mail program may have inserted. */
function addressesOf(header: string): URL[] {
  const given = withoutEncoding(header.slice(0, HEADER_LENGTH_MAX));
  const addresses = Array.from(given.matchAll(BRACKETED), ([, address = '']) => address);
  return addresses.flatMap((address) => {
    const isMail = /^\s*mailto:/i.test(address);
    return URL.parse(isMail ? address.trim() : address.replace(/\s+/g, '')) ?? [];
  });
}

function withoutEncoding(header: string): string {
  return header
    .replace(BETWEEN_ENCODED, '?=')
    .replace(ENCODED, (_, encoding: string, encoded: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(encoded, 'base64').toString()
        : (decoded(encoded.replaceAll('%', '%25').replace(/=(?=[0-9a-f]{2})/gi, '%')) ?? encoded),
    );
}

/**
 * Returns the recipient, the subject and the body of a mailto URL, or null if the recipient is not a plain e-mail
 * address. https://www.rfc-editor.org/rfc/rfc6068
 */
function mailtoOf({ pathname, search }: URL) {
  const fields = new Map(
    // Some senders write `?` instead of `&` between the fields. Inside a value, a `?` is always encoded.
    search.split(/[?&](?:amp;)?/).map((field): [string, string] => {
      const [name = '', ...value] = field.split('=');
      const joined = value.join('=');
      return [name.toLowerCase(), decoded(joined) ?? joined];
    }),
  );
  const to = decoded(pathname)?.trim() || fields.get('to') || '';
  const [subject, body] = ['subject', 'body'].map((name) => fields.get(name) || null);
  return isAddress(to) ? { to, subject: subject ?? null, body: body ?? null } : null;
}

/** Decodes percent-encoded characters, but not plus signs. Returns undefined if the encoding is not valid. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export const handler = createHandler(tool);
