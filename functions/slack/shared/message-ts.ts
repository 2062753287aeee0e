import { readInput } from 'scalekit-lambda-tools';
import { pastedLink } from './pasted-link.ts';

const LINK =
  /^<?https?:\/\/[\w.-]+\.slack(?:-gov)?\.com\/archives\/[CDG][A-Z0-9]{2,20}\/p(\d{10})(\d{6})(?:[?#|>]|$)/;
const THREAD_IN_LINK = /[?&](?:amp;)?thread_ts=(\d{10}\.\d{6})(?:[&#|>]|$)/;
// The app in the browser: https://docs.slack.dev/interactivity/deep-linking
const THREAD_LINK =
  /^<?https?:\/\/app\.slack(?:-gov)?\.com\/client\/[TE][A-Z0-9]+\/[CDG][A-Z0-9]+\/thread\/[CDG][A-Z0-9]+-(\d{10}\.\d{6})(?:[/?#|>]|$)/;
const WITHOUT_POINT = /^p?(\d{10})(\d{6})$/;
const SHORTENED = /^\d{10}\.\d{1,5}$/;
const TS_LENGTH = '1503435956.000247'.length;

/**
 * The input field for the timestamp that identifies a message in its channel. It also reads the link of a message; the
 * link of a reply becomes the timestamp of its thread.
 * @param description which message it is, for the model
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
  // A program that reads it as a number drops the zeros at its end.
  return SHORTENED.test(trimmed) ? trimmed.padEnd(TS_LENGTH, '0') : trimmed;
}
