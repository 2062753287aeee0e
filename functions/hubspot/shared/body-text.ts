import { htmlToText } from 'scalekit-lambda-tools';

// What HubSpot's editor and mail programs write; an address in angle brackets is none of it.
const TAG = /<\/?(?:a|b|blockquote|body|br|div|em|h[1-6]|i|li|ol|p|span|strong|table|u|ul)[\s/>]/i;

/** A body, which is HTML when it was written in HubSpot, and mostly plain text when it came over its API. */
export function bodyText(body: string): string {
  return TAG.test(body) ? htmlToText(body) : body;
}
