import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fixture } from '../../local/testing/fixture-schema.ts';
import type { VerifyReport } from '../../local/verify/verify-report.ts';
import { readCheckedAgainst } from '../../scripts/tool-list/checked-against.ts';
import { toolWith } from '../support/schema-tools.ts';

const tools = ['get_card', 'get_list', 'get_board', 'get_label', 'get_note'].map((name) => ({
  tool: toolWith({}, { name: `acme_${name}` }),
  file: `functions/acme/${name.replace('_', '-')}.ts`,
}));
const right = { verdict: 'right', seen: 'one object' } as const;
const run = (report: Pick<VerifyReport, 'accounts' | 'verified_on' | 'tools'>) =>
  JSON.stringify({ version: '1.0.0', ...report } satisfies VerifyReport);
const fixture = (tool: string, accounts: Pick<Fixture, 'accounts'>) =>
  JSON.stringify({
    tool,
    connector: 'acme',
    ...accounts,
    calls: [{ input: {}, result: { output: {} } }],
    exchanges: [
      {
        request: { method: 'GET', path: '/', query: [], body: null },
        answer: { status: 200, headers: {}, body: null },
      },
    ],
  } satisfies Fixture);

const FILES = {
  'functions/acme/get-card.ts': "import { CardResponse } from './shared/card.ts';\n",
  'functions/acme/get-list.ts': "import { toCard } from './shared/card.ts';\n",
  'functions/acme/get-board.ts': "import { nextPage } from './shared/pages.ts';\n",
  'functions/acme/get-label.ts': '',
  'functions/acme/get-note.ts': '',
  'functions/acme/test/official-answers.ts':
    'export const officialAnswers = { acme_get_card: { input: {}, script: () => ({}) } };\n',
  'functions/acme/test/recorded-answers.test.ts':
    "import {\n  CardResponse,\n  toCard,\n} from '../shared/card.ts';\nimport { nextPage } from '../shared/pages.ts';\n",
  'functions/acme/test/fixtures/get-label.one.json': fixture('acme_get_label', { accounts: 'real' }),
  'functions/acme/test/fixtures/get-note.one.json': fixture('acme_get_note', {}),
  'docs/live-runs/ada.json': run({
    accounts: 'real',
    verified_on: '2026-11-20',
    tools: {
      acme_get_card: right,
      acme_get_board: {
        verdict: 'missing',
        lacks: 'data',
        detail: 'There are no boards, so none was checked.',
      },
    },
  }),
  'docs/live-runs/grace.json': run({
    accounts: 'real',
    verified_on: '2026-11-12',
    tools: { acme_get_card: right, acme_get_list: right },
  }),
  'docs/live-runs/local.json': run({
    accounts: 'emulated',
    verified_on: '2026-11-29',
    tools: { acme_get_note: right },
  }),
};

let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'checked-'));
  for (const [file, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(project, file)), { recursive: true });
    await writeFile(join(project, file), content);
  }
});
afterAll(() => rm(project, { recursive: true }));

test("a tool counts as checked only if its provider's documentation or responses were used", async () => {
  const checkedAgainst = await readCheckedAgainst(project, tools);

  expect(Object.fromEntries(tools.map(({ tool: { name } }) => [name, checkedAgainst(name)]))).toEqual({
    acme_get_card: ['official description', 'recorded answers', 'live run of 2026-11-20'],
    acme_get_list: ['recorded answers', 'live run of 2026-11-12'],
    acme_get_board: [],
    acme_get_label: ['recorded answers'],
    acme_get_note: [],
  });
});
