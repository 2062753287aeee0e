import { expect, test } from 'vitest';
import { buildConsolePage } from '../../../local/console/build-page.ts';

const SCRIPT_LIMIT_BYTES = 60 * 1024;
const STYLE_LIMIT_BYTES = 20 * 1024;

test('the page of the console has at most the allowed size', async () => {
  const { script, style } = await buildConsolePage();

  expect(Buffer.byteLength(script)).toBeLessThan(SCRIPT_LIMIT_BYTES);
  expect(Buffer.byteLength(style)).toBeLessThan(STYLE_LIMIT_BYTES);
});

test('the document follows the content security policy and loads nothing from other servers', async () => {
  const { html, script, style } = await buildConsolePage();

  expect(html).toContain('<script type="module" src="/console.js"></script>');
  expect(html).toContain('<link rel="stylesheet" href="/console.css">');
  expect(html).not.toMatch(/<style|<script>|\sstyle=|\son[a-z]+=/);
  expect(style).not.toMatch(/@import|url\(/);
  // The only other addresses are names of XML namespaces.
  const addresses = [...`${html} ${script}`.matchAll(/https?:\/\/[^\s"'`]+/g)].map(([address]) => address);
  expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
  expect(script).not.toMatch(/\beval\(|new Function\(|dangerouslySetInnerHTML:/);
});
