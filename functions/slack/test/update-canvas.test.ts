import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { testInvalidInputs } from '../../../test/support/test-invalid-inputs.ts';
import { testProviderErrors } from '../../../test/support/test-provider-errors.ts';
import { tool } from '../update-canvas.ts';
import official from './official-examples.json' with { type: 'json' };
import { commonErrors, refused } from './provider-errors.ts';
import { answering, INVALID_ANYWHERE, setUpSlack } from './slack-stack.ts';

const FERRIES = 'F0HARBORFER';
const input = { canvas_id: 'F1234ABCD', operation: 'append', markdown: 'Decided.' };
const beside = { ...input, operation: 'insert_after', section_text: 'Decision' };
const Edited = z.strictObject({ canvas_id: z.string(), section_id: z.string().nullable() });

const slack = setUpSlack();

const edit = (change: object) => slack.stack.call('user_ada', tool.name, { canvas_id: FERRIES, ...change });
/**
 * Returns whether exactly one section of the canvas contains these words, because the tool can replace only such a
 * section.
 */
async function holds(section_text: string): Promise<boolean> {
  const { error } = await edit({ operation: 'replace', section_text, markdown: section_text });
  return error === undefined;
}

describe('slack_update_canvas', () => {
  test.each([
    ['append', 'insert_at_end'],
    ['prepend', 'insert_at_start'],
  ])('adds text with one documented request if the operation is %s', async (operation, name) => {
    const markdown = '## Decision\n\nWe take the "quote" of Tidewheel.';

    const { status, json } = await edit({ operation, markdown });

    expect(status).toBe(200);
    expect(json).toEqual({ canvas_id: FERRIES, section_id: null });
    const changes = [{ operation: name, document_content: { type: 'markdown', markdown } }];
    expect(slack.asked()).toEqual([
      ['POST /api/canvases.edit', JSON.stringify({ canvas_id: FERRIES, changes })],
    ]);
    expect(await holds('"quote"')).toBe(true);
    expect(await holds('Twelve bikes')).toBe(true);
  });

  test.each([
    ['replace', false],
    ['insert_before', true],
    ['insert_after', true],
  ])('changes the given section, and no other section, if the operation is %s', async (operation, isKept) => {
    const markdown = '14,400 EUR a year.';

    const { status, json } = await edit({ operation, section_text: 'NOT calculated', markdown });

    expect(status).toBe(200);
    const { section_id } = Edited.parse(json);
    expect(section_id).toMatch(/^temp:C:/);
    const criteria = { contains_text: 'NOT calculated' };
    const changes = [{ operation, section_id, document_content: { type: 'markdown', markdown } }];
    expect(slack.asked()).toEqual([
      ['POST /api/canvases.sections.lookup', JSON.stringify({ canvas_id: FERRIES, criteria })],
      ['POST /api/canvases.edit', JSON.stringify({ canvas_id: FERRIES, changes })],
    ]);
    expect(await holds('14,400')).toBe(true);
    expect(await holds('not calculated')).toBe(isKept);
    expect(await holds('Twelve bikes')).toBe(true);
  });

  test.each([
    ['the link of a canvas', `https://harborbikes.slack.com/docs/T0HARBORBIK/${FERRIES}`],
    ["a link in Slack's format", `<https://app.slack.com/docs/T0HARBORBIK/${FERRIES}?x=1|the lease>`],
    ['the link of a file', `https://harborbikes.slack.com/files/U0HARBORADA/${FERRIES}/city_ferries`],
  ])('reads the canvas ID from %s', async (_, canvas_id) => {
    const { json } = await edit({ canvas_id, operation: 'append', markdown: 'Decided.' });

    expect(json).toEqual({ canvas_id: FERRIES, section_id: null });
  });

  // https://github.com/slack-go/slack/pull/1228, https://github.com/slack-go/slack/issues/1423 and
  // https://github.com/rusq/slackdump/issues/717
  test.each([
    ['the property canvas', { canvas: { file_id: 'F07QWERTY', is_empty: false } }],
    [
      'the list of tabs',
      { canvas: { file_id: '' }, tabs: [{ type: 'canvas', data: { file_id: 'F07QWERTY' } }] },
    ],
    [
      'the tab of the channel canvas, next to another canvas tab',
      {
        tabs: [
          { type: 'canvas', data: { file_id: 'F0OTHER' } },
          { type: 'channel_canvas', data: { file_id: 'F07QWERTY' } },
          { type: 'files' },
        ],
      },
    ],
  ])('finds the canvas of a channel in %s', async (_, properties) => {
    slack.bed.provider.script = answering({
      'conversations.info': { ok: true, channel: { id: 'C024BE7LR', properties } },
      'canvases.edit': { ok: true },
    });

    const { json } = await slack.bed.environment(tool)({
      input: {
        ...input,
        canvas_id: '<https://example.slack.com/canvas/C024BE7LR?focus_section_id=temp:C:1>',
      },
    });

    expect(json).toEqual({ canvas_id: 'F07QWERTY', section_id: null });
    expect(slack.bed.provider.requests.map(({ url }) => url)).toEqual([
      expect.stringMatching(/conversations\.info\?channel=C024BE7LR$/),
      expect.stringMatching(/canvases\.edit$/),
    ]);
  });

  test.each([
    ['no canvas', {}],
    [
      'several canvases',
      { tabs: ['F0ONE', 'F0TWO'].map((file_id) => ({ type: 'canvas', data: { file_id } })) },
    ],
  ])('writes nothing if the channel has %s', async (_, properties) => {
    slack.bed.provider.script = answering({ 'conversations.info': { ok: true, channel: { properties } } });

    const { error } = await slack.bed.environment(tool)({
      input: { ...input, canvas_id: 'example.slack.com/canvas/C024BE7LR' },
    });

    expect(error).toMatchObject({ code: 'not_found', message: expect.stringContaining('/docs/') });
    expect(slack.bed.provider.requests).toHaveLength(1);
  });

  test.each([
    ['an unknown canvas', 'user_ada', { canvas_id: 'F0NOSUCH' }, 404, 'not_found'],
    ['a canvas that the user only reads', 'user_ada', { canvas_id: 'F0HARBORWRK' }, 403, 'permission_denied'],
    ['a missing scope', 'user_grace', {}, 403, 'permission_denied'],
    [
      'words that no section contains',
      'user_ada',
      { operation: 'replace', section_text: 'nowhere' },
      404,
      'not_found',
    ],
    [
      'words that many sections contain',
      'user_ada',
      { operation: 'replace', section_text: 'e' },
      409,
      'conflict',
    ],
  ])('reports an error for %s, and changes nothing', async (_, user, changed, status, code) => {
    const answer = await slack.stack.call(user, tool.name, { ...input, canvas_id: FERRIES, ...changed });

    expect(answer.status).toBe(status);
    expect(answer.error).toMatchObject({ code, retryable: false });
    expect(await holds('Decided.')).toBe(false);
  });

  test.each([
    ['no sections', {}, 'not_found'],
    ['sections without an ID', { sections: [{}, null] }, 'not_found'],
    [
      'very many sections',
      { sections: Array.from({ length: 5_000 }, (_, index) => ({ id: `temp:C:${index}` })) },
      'conflict',
    ],
  ])('writes nothing if Slack returns %s', async (_, answer, code) => {
    slack.bed.provider.script = () => ({ body: { ok: true, ...answer } });

    const { error } = await slack.bed.environment(tool)({ input: beside });

    expect(error?.code).toBe(code);
    expect(slack.bed.provider.requests).toHaveLength(1);
  });

  test("accepts Slack's own example of a section", async () => {
    slack.bed.provider.script = answering(official);

    expect((await slack.bed.environment(tool)({ input: beside })).json).toEqual({
      canvas_id: 'F1234ABCD',
      section_id: 'temp:C:eBa219af721c664422cb90a52fac',
    });
  });

  test.each(['reset', 'hang'] as const)(
    'returns outcome_unknown if the response is lost because of a connection %s',
    async (fault) => {
      slack.bed.provider.script = () => fault;

      const { error } = await slack.bed.environment(tool)({ input, remainingMs: 3_000 });

      expect(error?.code).toBe('outcome_unknown');
      expect(slack.bed.provider.requests).toHaveLength(1);
    },
  );

  test('reports provider_unavailable if only the response to the search is lost', async () => {
    slack.bed.provider.script = () => 'reset';

    const { error } = await slack.bed.environment(tool)({ input: beside });

    expect(error?.code).toBe('provider_unavailable');
  });
});

testInvalidInputs(tool, input, {
  ...INVALID_ANYWHERE,
  'a missing text': [{ markdown: undefined }, ['markdown']],
  'a replacement without a section': [{ operation: 'replace' }, ['section_text']],
  'an insertion before a missing section': [{ operation: 'insert_before' }, ['section_text']],
  'an insertion after a missing section': [{ operation: 'insert_after' }, ['section_text']],
  'an operation that only Slack offers': [{ operation: 'delete' }, ['operation']],
  'a blank text': [{ markdown: ' \n' }, ['markdown']],
  'the link of a channel in place of a canvas': [
    { canvas_id: 'https://example.slack.com/archives/C024BE7LR' },
    ['canvas_id'],
  ],
  'a malformed canvas ID': [{ canvas_id: 'C024BE91L' }, ['canvas_id']],
  'a text of 1 MB': [{ markdown: 'x'.repeat(1_000_000) }, ['markdown']],
});
testProviderErrors(tool, input, {
  ...commonErrors(tool),
  'a canvas that no longer exists': { answer: refused('canvas_not_found'), error: { code: 'not_found' } },
  'a canvas that another person is editing': {
    answer: refused('canvas_editing_locked'),
    error: { code: 'conflict' },
  },
  'Markdown that a canvas does not take': {
    answer: refused('canvas_editing_failed', {
      detail: "'content' error: line 28: Unsupported block type (List) within block quote",
    }),
    error: {
      code: 'rejected_by_provider',
      message: expect.stringContaining('Markdown'),
      details: [{ path: 'markdown', issue: 'line 28: a canvas takes no list within a block quote' }],
    },
  },
});
