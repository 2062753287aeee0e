import * as z from 'zod';
import { takesNumber } from '../../lib/contract/inputs.ts';
import type { AuthoredTool } from './authored-tool.ts';
import { openPlaces } from './open-places.ts';
import { isPrebuiltName } from './prebuilt-tool-names.ts';
import { vocabularyFaults } from './vocabulary-faults.ts';

const FILE_LINES_MAX = 200;
const DESCRIPTION_LENGTH_MIN = 10;
// Short of what any target takes, with what has to be told besides.
const DESCRIPTION_LENGTH_MAX = 500;
const FIELD_DESCRIPTION_LENGTH_MAX = 300;

const IDENTITY =
  /^(user|user_id|identifier|identity|account|account_id|connection|connection_name|connected_account|token|access_token|api_key|credentials?|authorization|secret|password)$/;
// Each by hand, or with test/support/{every-page,test-refusals}.ts.
const PAGES = /next_cursor|everyPage/;
const TELLS_ERRORS = /error|testRefusals/;
const PROVIDER_CALL = /\bapi\.(get|post|put|patch|delete)\(/;
// Itself, or by a function beside it.
const USES_API = /\bapi\.|\bapi,|\(api\)/;
const CONFIRM = /^\s*confirm: (?:true|false),/;
const REASON = /\/\/ .{8}/;
const LINK = /\/\/ .*https:\/\//;
// The name of a tool, or what people paste.
const TELLS_SOURCE = /\b[a-z][a-z0-9]*_[a-z0-9]+_[a-z0-9_]+\b|\b(?:link|address|URL|other system)\b/;
// What the template of a new tool leaves to be written.
const TO_DO = /\bto do\b/i;

/** What every tool keeps to, whoever wrote it: each rule gives what is wrong, and how to mend it. */
export const AUTHORING_RULES: readonly ((tool: AuthoredTool) => readonly string[])[] = [
  ({ tool, file }) => {
    const { name } = tool.connector;
    const expected = `functions/${name}/${tool.name.slice(name.length + 1).replaceAll('_', '-')}.ts`;
    return file === expected
      ? []
      : [`A tool is in the file of its name: move it to ${expected}, or rename it.`];
  },

  ({ tool: { name } }) =>
    isPrebuiltName(name)
      ? [`Scalekit has a tool ${name} ready, and agents bind both. Use that one, or choose another name.`]
      : [],

  ({ tool, others }) => [
    ...descriptionFaults('the tool', tool.description, DESCRIPTION_LENGTH_MAX),
    ...others
      .filter(({ description }) => description === tool.description)
      .map(
        ({ name }) => `Its description is that of ${name}. Say what is different, or no model can choose.`,
      ),
    ...Object.entries(tool.input.shape).flatMap(([key, field]) =>
      descriptionFaults(key, descriptionOf(field), FIELD_DESCRIPTION_LENGTH_MAX),
    ),
  ],

  ({ tool }) =>
    Object.keys(tool.input.shape)
      .filter((key) => IDENTITY.test(key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)))
      .map(
        (key) =>
          `The input ${key} sounds like an identity or a credential, which never come from a model. Remove it, or name it for what it is at the provider.`,
      ),

  ({ tool }) => vocabularyFaults(tool),

  ({ tool }) =>
    Object.entries(tool.input.shape)
      .filter(([key, field]) => isIdField(key, field) && !TELLS_SOURCE.test(descriptionOf(field)))
      .map(
        ([key]) =>
          `The description of ${key} does not say where the ID comes from. Name the tool of this project that returns it, or say which link people can paste.`,
      ),

  ({ tool }) =>
    // The cursor is the runtime's own, and as long as it has to be.
    openPlaces(tool.output).filter((place) => !place.startsWith('next_cursor ')),

  ({ tool }) =>
    tool.scopes.length > 0
      ? []
      : ["scopes is empty. Name the OAuth scopes that the provider's documentation asks for."],

  ({ tool }) => [
    ...(tool.examples.length > 0 ? [] : ['examples is empty. Give at least one input with its output.']),
    ...tool.examples.flatMap(({ input, output }, index) => [
      ...exampleFaults(`The input of example ${index + 1}`, tool.input, input),
      ...exampleFaults(`The output of example ${index + 1}`, tool.output, output),
    ]),
  ],

  ({ tool, source }) => {
    const lines = source.split('\n');
    const index = lines.findIndex((line) => CONFIRM.test(line));
    if (index === -1)
      return tool.effect === 'create' || tool.effect === 'update'
        ? [
            'It does not say whether the user is asked first. Write confirm: true if a call cannot be undone, leaves the company or notifies people at once, otherwise confirm: false; with the reason in a comment.',
          ]
        : [];
    return REASON.test(`${lines[index - 1]}\n${lines[index]}`)
      ? []
      : ['confirm has no reason. Say in a comment beside it why the user is asked first, or why not.'];
  },

  ({ source }) => {
    const lines = source.trimEnd().split('\n');
    const calls = lines.flatMap((line, index) => (PROVIDER_CALL.test(line) ? [index] : []));
    const unlinked = calls.filter((index) => !LINK.test(lines[index - 1] ?? ''));
    return [
      ...unlinked.map(
        (index) =>
          `Line ${index + 1} calls the provider. Link the documentation of that call in a comment on the line above.`,
      ),
      ...(USES_API.test(source) ? [] : ['It calls no provider. Call it with api.get, api.post, … in run.']),
      ...(lines.length <= FILE_LINES_MAX
        ? []
        : [
            `It has ${lines.length} lines, of at most ${FILE_LINES_MAX}. Move what is not this tool's alone beside it.`,
          ]),
    ];
  },

  ({ tool, test, testFile }) => {
    if (test === undefined)
      return [`It has no test. Write ${testFile}, after the example of those beside it.`];
    return [
      ...(tool.list && !PAGES.test(test)
        ? [`${testFile} does not page. Follow next_cursor to the end of a list in a test.`]
        : []),
      ...(TELLS_ERRORS.test(test) || TO_DO.test(test)
        ? []
        : [
            `${testFile} tests no error. Add what the provider refuses: a missing thing, a missing right, wrong values.`,
          ]),
    ];
  },
];

/** Whether a field takes an ID: by its type, or by its name. */
function isIdField(key: string, field: z.core.$ZodType): boolean {
  const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
  return takesNumber(inner) || /_(?:id|ts)$/.test(key);
}

/** Its own, or that of the field that it makes optional. */
function descriptionOf(field: z.core.$ZodType): string {
  const own = z.globalRegistry.get(field)?.description;
  if (own !== undefined) return own;
  return field instanceof z.ZodOptional ? descriptionOf(field.unwrap()) : '';
}

function descriptionFaults(what: string, description: string, maximum: number): string[] {
  if (description.length < DESCRIPTION_LENGTH_MIN)
    return [`The description of ${what} is missing. Say what a model has to know to use it.`];
  if (description.length > maximum)
    return [
      `The description of ${what} has ${description.length} characters, of at most ${maximum}. Shorten it.`,
    ];
  return [];
}

function exampleFaults(what: string, schema: z.ZodType, value: unknown): string[] {
  const { success, data, error } = schema.safeParse(value);
  if (!success) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'all of it'}: ${message}`);
    return [`${what} breaks the contract (${faults.join('; ')}). Correct one of the two.`];
  }
  return JSON.stringify(data) === JSON.stringify(value) || what.startsWith('The input')
    ? []
    : [`${what} is not what the contract makes of it: ${JSON.stringify(data)}. Write that.`];
}
