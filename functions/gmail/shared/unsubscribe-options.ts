import addressParser from 'nodemailer/lib/addressparser';
import { text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { isSigned } from './dkim.ts';
import { headersOf, type Message } from './message.ts';

const LIST_UNSUBSCRIBE = 'List-Unsubscribe';
const LIST_UNSUBSCRIBE_POST = 'List-Unsubscribe-Post';

const URL_LENGTH_MAX = 1_000;
// https://www.rfc-editor.org/rfc/rfc2369#section-3.2
const BRACKETED = new RegExp(`<\\s*([^<>\\s]{1,${URL_LENGTH_MAX}})\\s*>`, 'g');

/** The ways to leave a mailing list. */
export const UnsubscribeOptionsOutput = z.strictObject({
  from: text(200).nullable(),
  is_verified: z.boolean().describe("Whether Gmail found these options signed by the sender's own domain."),
  one_click_url: z
    .string()
    .max(URL_LENGTH_MAX)
    .nullable()
    .describe('For an HTTP POST with the body List-Unsubscribe=One-Click; a browser does nothing with it.'),
  url: z.string().max(URL_LENGTH_MAX).nullable().describe('A page to open in the browser.'),
  mailto: z.strictObject({ to: text(320), subject: text(300).nullable() }).nullable(),
});

/** https://www.rfc-editor.org/rfc/rfc2369 and, for one click, https://www.rfc-editor.org/rfc/rfc8058 */
export function toUnsubscribeOptions(message: Message): z.input<typeof UnsubscribeOptionsOutput> {
  const froms = headersOf(message, 'From');
  const listed = headersOf(message, LIST_UNSUBSCRIBE);
  const posts = headersOf(message, LIST_UNSUBSCRIBE_POST);
  const urls = [...(listed[0] ?? '').matchAll(BRACKETED)].flatMap(([, url = '']) => URL.parse(url) ?? []);
  const web = urls.find(({ protocol }) => protocol === 'https:');
  const mail = urls.find(({ protocol }) => protocol === 'mailto:');
  const isOneClick = posts[0]?.trim().toLowerCase() === 'list-unsubscribe=one-click';
  const webUrl = web && web.href.length <= URL_LENGTH_MAX ? web.href : null;
  const senders = froms.flatMap((value) => addressParser(value, { flatten: true }));

  return {
    from: froms[0] ?? null,
    // If a header comes twice, a signature may cover the other one.
    is_verified:
      senders.length === 1 &&
      listed.length === 1 &&
      posts.length <= 1 &&
      isSigned(message, domainOf(senders[0]?.address ?? ''), [
        'from',
        LIST_UNSUBSCRIBE.toLowerCase(),
        ...posts.map(() => LIST_UNSUBSCRIBE_POST.toLowerCase()),
      ]),
    one_click_url: isOneClick ? webUrl : null,
    url: isOneClick ? null : webUrl,
    mailto: mail ? mailtoOf(mail) : null,
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** https://www.rfc-editor.org/rfc/rfc6068; only a plain address is taken, whatever else the URL names. */
function mailtoOf({ pathname, searchParams }: URL): { to: string; subject: string | null } | null {
  let to: string;
  try {
    to = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  return /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}$/.test(to)
    ? { to, subject: searchParams.get('subject') }
    : null;
}
