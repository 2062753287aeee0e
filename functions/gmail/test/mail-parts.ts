import { file, type GmailPart, html, multi, part, plain } from '../local/mime-parts.ts';
import { type Message, MessageResponse } from '../shared/message.ts';

export { file, html, multi, part, plain };

type Headers = Readonly<Record<string, string>>;
const named = (headers: Headers) => Object.entries(headers).map(([name, value]) => ({ name, value }));

/** Returns a message in Gmail's format. */
export function mail(payload: GmailPart, headers: Headers = {}, more: object = {}) {
  return {
    id: 'm1',
    threadId: 't1',
    ...more,
    payload: { ...payload, headers: [...named(headers), ...payload.headers] },
  };
}

export function message(...given: Parameters<typeof mail>): Message {
  return MessageResponse.parse(mail(...given));
}

/** The headers of a reply. */
export const REPLY: Headers = { Subject: 'Re: Offer', 'In-Reply-To': '<1@x.example>' };
