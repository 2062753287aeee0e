import addressParser from 'nodemailer/lib/addressparser';
import { defineTool, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { isAddress } from './shared/addresses.ts';
import { isSigned } from './shared/dkim.ts';
import { getHeaders } from './shared/load-mail.ts';
import { messageIdInput } from './shared/mail-ids.ts';
import { headersOf, type Message } from './shared/message.ts';

const LIST_UNSUBSCRIBE = 'List-Unsubscribe';
const LIST_UNSUBSCRIBE_POST = 'List-Unsubscribe-Post';

const URL_LENGTH_MAX = 1_000;
const HEADER_LENGTH_MAX = 20_000;
// https://www.rfc-editor.org/rfc/rfc2369#section-3.2
const BRACKETED = /<([^<>]{1,2000})>/g;

const UnsubscribeOptionsOutput = z.strictObject({
  from: text(200).nullable(),
  is_verified: z
    .boolean()
    .nullable()
    .describe("Whether Gmail found the options signed by the sender's own domain; null without options."),
  one_click_url: z.string().max(URL_LENGTH_MAX).nullable(),
  url: z.string().max(URL_LENGTH_MAX).nullable(),
  mailto: z.strictObject({ to: text(320), subject: text(300).nullable() }).nullable(),
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
        mailto: { to: 'leave@example.com', subject: 'unsubscribe' },
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
  // If a header occurs twice, the signature may cover only one of the two.
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
  const given = header.slice(0, HEADER_LENGTH_MAX);
  const addresses = Array.from(given.matchAll(BRACKETED), ([, address = '']) => address);
  return addresses.flatMap((address) => {
    const isMail = /^\s*mailto:/i.test(address);
    return URL.parse(isMail ? address.trim() : address.replace(/\s+/g, '')) ?? [];
  });
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/**
 * Returns the recipient and the subject of a mailto URL, or null if the recipient is not a plain e-mail address.
 * https://www.rfc-editor.org/rfc/rfc6068
 */
function mailtoOf({ pathname, searchParams }: URL): { to: string; subject: string | null } | null {
  let to: string;
  try {
    to = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  return isAddress(to) ? { to, subject: searchParams.get('subject') } : null;
}

export const handler = createHandler(tool);
