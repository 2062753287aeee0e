import type { NewTool } from './tool-template.ts';

const ANSWERS = {
  list: `{ things: [{ id: 't1', title: 'A thing' }] }`,
  read: `{ id: 't1', title: 'A thing' }`,
  write: `{ id: 't1' }`,
};

const PAGING = `
test('reads every page', async () => {
  bed.provider.script = ({ url = '' }) => ({
    body: url.includes('after=') ? { things: [] } : { things: [{ id: 't1', title: 'A thing' }], next: 'p2' },
  });

  const first = Page.parse((await bed.environment(tool)({ input })).json);
  const second = await bed.environment(tool)({ input: { ...input, cursor: first.next_cursor } });

  expect(second.json).toMatchObject({ count: 0, next_cursor: null });
});
`;

/**
 * Returns the test of a new tool. It fails until its author has written the marked parts.
 * @param toolFile the name of the tool's file, without its folder
 */
export function testTemplate({ name, effect, isList }: NewTool, toolFile: string): string {
  const answer = isList ? ANSWERS.list : effect === 'read' ? ANSWERS.read : ANSWERS.write;
  return `import { beforeAll, beforeEach, expect, test } from 'vitest';
${isList ? "import * as z from 'zod';\n" : ''}import { tool } from '../${toolFile}';
import { startTestBed, type TestBed } from '../../../test/support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

const { input = {}, output } = tool.examples[0] ?? {};
${isList ? 'const Page = z.object({ next_cursor: z.string() });\n' : ''}
test('sends the documented request, and returns the output', async () => {
  bed.provider.script = () => ({ body: ${answer} });

  const { json } = await bed.environment(tool)({ input });

  expect(json).toEqual(output);
  expect(bed.provider.requests).toHaveLength(1);
  expect.fail('To do: write ${name}, test the request and the response that its provider documents, and remove this line.');
});
${isList ? PAGING : ''}
test('reports a missing thing', async () => {
  bed.provider.script = () => ({ status: 404 });

  const { error } = await bed.environment(tool)({ input });

  expect(error?.code).toBe('not_found');
});
`;
}
