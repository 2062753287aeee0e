import { readInput } from 'scalekit-lambda-tools';
import { pastedLink } from './pasted-link.ts';

const LINK =
  /^<?https?:\/\/[\w.-]+\.slack(?:-gov)?\.com\/archives\/[CDG][A-Z0-9]{2,20}\/p(\d{10})(\d{6})(?:[?#|>]|$)/;
const THREAD_IN_LINK = /[?&](?:amp;)?thread_ts=(\d{10}\.\d{6})(?:[&#|>]|$)/;
// A URL of Slack's app in the browser: https://docs.slack.dev/interactivity/deep-linking
const THREAD_LINK =
  /^<?https?:\/\/app\.slack(?:-gov)?\.com\/client\/[TE][A-Z0-9]+\/[CDG][A-Z0-9]+\/thread\/[CDG][A-Z0-9]+-(\d{10}\.\d{6})(?:[/?#|>]|$)/;
const WITHOUT_POINT = /^p?(\d{10})(\d{6})$/;
const SHORTENED = /^\d{10}\.\d{1,5}$/;
const TS_LENGTH = '1503435956.000247'.length;

/**
 * Returns the input for the `ts` of a message, which is its ID in the channel. The input also accepts the link of a
 * message, and converts the link of a reply to the `ts` of its thread.
 * @param description shows the model which message to send
 */
export function messageTsInput(description: string) {
  return readInput(description, messageTsOf, {
    pattern: /^\d{10}\.\d{6}$/,
    expected:
      'must be the ts of a message in quotes, such as "1503435956.000247", which slack_catch_up_channel returns, or the link of the message',
  });
}

function messageTsOf(trimmed: string): string {
  const link = pastedLink(trimmed);
  const threadTs = THREAD_LINK.exec(link)?.[1];
  if (threadTs !== undefined) return threadTs;
  const [, seconds, micros] = LINK.exec(link) ?? WITHOUT_POINT.exec(trimmed) ?? [];
  if (seconds !== undefined) return THREAD_IN_LINK.exec(link)?.[1] ?? `${seconds}.${micros}`;
  // If a program treats the `ts` as a number, the zeros at the end are lost.
  return SHORTENED.test(trimmed) ? trimmed.padEnd(TS_LENGTH, '0') : trimmed;
}
