// ```sh is run, `sh fails` has to fail, `sh account` and `sh python` only name what there is; ```ts with a path is written, without
// one compiled; ```text and ```json after commands are their output, in which … stands for anything; `text npm start` comes later.
import { afterAll, describe, expect, test } from 'vitest';
import { launchChromium, runsInChromium } from '../support/chromium.ts';
import { copyProject } from '../support/copy-project.ts';
import { freeFirstPort, withPorts } from '../support/document/document-ports.ts';
import { projectDocuments } from '../support/document/project-documents.ts';
import { readerEnvironment } from '../support/document/reader-environment.ts';
import { rewrittenFiles } from '../support/document/rewritten-files.ts';
import { runDocument } from '../support/document/run-document.ts';
import { typeFaults } from '../support/document/type-faults.ts';
import { hasTools } from '../support/project-tools.ts';

// A fork may have left out the tools that the documents name.
const NAMED = [
  'gmail_list_unread',
  'slack_send_message',
  'github_get_traffic',
  'salesforce_get_current_user',
  'hubspot_list_invoices',
];
// Read from an empty checkout on, as by somebody new.
const FROM_NOTHING = 'CONTRIBUTING.md';
const CONSOLE = 'http://127.0.0.1:4407';
const TIMEOUT_MS = 300_000;

const documents = projectDocuments().filter(
  ({ file, fences }) =>
    // What is in it is made and compiled by test/scripts/docs.test.ts.
    file !== 'docs/reference.md' && fences.some(({ language }) => ['sh', 'ts'].includes(language)),
);
// By document.
const firstPorts = new Map<string, number>();
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

describe.skipIf(!hasTools(...NAMED))('all that they say is so', () => {
  test.each(documents)(
    '$file',
    async (document) => {
      const isInstalled = document.file !== FROM_NOTHING;
      const { copy, folder, remove } = await copyProject({ isInstalled });
      ends.push(remove);
      const firstPort = await freeFirstPort();
      const variables = readerEnvironment(folder);

      const running = await runDocument(document, { copy, folder, firstPort, variables, isInstalled });
      ends.push(running.close);
      firstPorts.set(document.file, firstPort);

      expect(await rewrittenFiles(document, copy)).toEqual([]);
      expect(await typeFaults(document, copy)).toBe('');
    },
    TIMEOUT_MS,
  );

  test.skipIf(!runsInChromium())(
    'the tool that CONTRIBUTING.md ends with answers in the console',
    async () => {
      const firstPort = firstPorts.get(FROM_NOTHING);
      if (firstPort === undefined) throw new Error(`${FROM_NOTHING} did not come to its end.`);
      const browser = await launchChromium();
      ends.push(() => browser.close());
      const page = await browser.newPage();

      await page.goto(withPorts(CONSOLE, firstPort));
      await page.getByRole('link', { name: /^get_task .*asana$/ }).click();
      await page.getByRole('button', { name: 'Fill in example' }).click();
      await page.getByRole('button', { name: 'Call', exact: true }).click();

      const came = page.getByRole('region', { name: 'What came of the call' });
      await came.getByText('Order brake pads').waitFor();
      await came.getByRole('row', { name: /^provider GET .*12345/ }).waitFor();
    },
    TIMEOUT_MS,
  );
});
