import { afterAll, describe, expect, test } from 'vitest';
import { launchChromium, runsInChromium } from '../support/chromium.ts';
import { withPorts } from '../support/document/document-ports.ts';
import { projectDocuments } from '../support/document/project-documents.ts';
import { hasNamedTools, readDocument } from '../support/document/read-document.ts';

const CONSOLE = 'http://127.0.0.1:4407';
const TIMEOUT_MS = 480_000;

let read: Awaited<ReturnType<typeof readDocument>> | undefined;
afterAll(() => read?.end(), 60_000);

describe.skipIf(!hasNamedTools)('if a new contributor follows CONTRIBUTING.md', () => {
  test(
    'every command works, from the first to the last',
    async () => {
      const document = projectDocuments().find(({ file }) => file === 'CONTRIBUTING.md');
      if (!document) throw new Error('There is no CONTRIBUTING.md.');

      read = await readDocument(document);
    },
    TIMEOUT_MS,
  );

  test.skipIf(!runsInChromium())(
    'the new tool answers in the console',
    async () => {
      if (!read) throw new Error('It did not come to its end.');
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        await page.goto(withPorts(CONSOLE, read.firstPort));
        await page.getByRole('link', { name: /^get_task .*asana$/ }).click();
        await page.getByRole('button', { name: 'Fill in example' }).click();
        await page.getByRole('button', { name: 'Call', exact: true }).click();

        const came = page.getByRole('region', { name: 'Result of the call' });
        await came.getByText('Order brake pads').waitFor();
        expect(await came.innerText()).toMatch(/\bok\b/);
        await came.getByRole('row', { name: /^provider GET .*12345/ }).waitFor();
      } finally {
        await browser.close();
      }
    },
    TIMEOUT_MS,
  );
});
