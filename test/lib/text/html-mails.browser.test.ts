import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { htmlToText } from '../../../lib/text/html-to-text.ts';
import { launchChromium, runsInChromium } from '../../support/chromium.ts';

// Mails by other authors: templates, and the examples in the documentation of a mail markup language.
const MODULES = join(import.meta.dirname, '../../../node_modules');
const MJML_EXAMPLE = /```xml\s*(<mjml>.*?<\/mjml>)/gs;
const ADDRESSES = /<(?:https?|mailto|tel):[^>]*>/g;
// A click opens a section and shows its text.
const SHOWN_TEXT =
  'for (const box of document.querySelectorAll("input")) box.checked = true; document.body.innerText';
const KEPT_SHARE_MIN = 0.98;
const HIDDEN_SHARE_MAX = 0.01;

// The library has no types.
const Rendered = z.object({ html: z.string() });
const render = z
  .function({ input: [z.string(), z.object({ validationLevel: z.literal('skip') })], output: z.unknown() })
  .parse(createRequire(import.meta.url)('mjml'));

async function filesOf(pattern: string): Promise<[name: string, text: string][]> {
  const files: [string, string][] = [];
  for await (const file of glob(pattern, { cwd: MODULES }))
    files.push([file, await readFile(join(MODULES, file), 'utf8')]);
  return files;
}

async function foundationMails(): Promise<[string, string][]> {
  const [[, css = ''] = []] = await filesOf('foundation-emails/dist/foundation-emails.css');
  const pages = await filesOf('foundation-emails/{templates,test/visual/pages}/*.html');
  return pages.map(([name, html]) => [name, `<style>${css}</style>${html.replace(/<link[^>]*>/g, '')}`]);
}

async function mjmlMails(): Promise<[string, string][]> {
  const mails: [string, string][] = [];
  for (const [name, text] of await filesOf('mjml*/README.md')) {
    for (const [, example = ''] of text.matchAll(MJML_EXAMPLE)) {
      const { html } = Rendered.parse(await render(example, { validationLevel: 'skip' }));
      mails.push([name, html]);
    }
  }
  return mails;
}

/** Counts the words of a text, without the URLs after links. */
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

describe.skipIf(!runsInChromium())('the text of mails, judged by what Chromium shows', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('keeps visible text, and leaves out hidden text', async () => {
    const mails = [...(await foundationMails()), ...(await mjmlMails())];
    const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 1_200, height: 900 } });
    let [shown, lost, read, hidden] = [0, 0, 0, 0];
    for (const [, html] of mails) {
      await page.setContent(html, { waitUntil: 'domcontentloaded' });
      const seen = wordsOf(z.string().parse(await page.evaluate(SHOWN_TEXT)));
      const ours = wordsOf(htmlToText(html));
      shown += sumOf(seen);
      read += sumOf(ours);
      lost += missingFrom(seen, ours);
      hidden += missingFrom(ours, seen);
    }

    expect(mails.length).toBeGreaterThan(60);
    expect(1 - lost / shown).toBeGreaterThanOrEqual(KEPT_SHARE_MIN);
    expect(hidden / read).toBeLessThanOrEqual(HIDDEN_SHARE_MAX);
  }, 120_000);
});
