import * as z from 'zod';
import { takesNumber } from '../../lib/contract/inputs.ts';
import { toJsonSchema } from '../../lib/schemas/json-schema.ts';
import type { AuthoredTool } from './authored-tool.ts';
import { openPlaces } from './open-places.ts';
import { prebuiltNameFault } from './prebuilt-tool-names.ts';
import { vocabularyFaults } from './vocabulary-faults.ts';

const RUN_LINES_MAX = 25;
const DESCRIPTION_LENGTH_MIN = 10;
// Bedrock and other formats limit the length. Some formats also add a sentence to the description.
const DESCRIPTION_LENGTH_MAX = 500;
const FIELD_DESCRIPTION_LENGTH_MAX = 300;

const IDENTITY =
  /^(user|user_id|identifier|identity|account|account_id|connection|connection_name|connected_account|token|access_token|api_key|credentials?|authorization|secret|password)$/;
// A test of a list must read every page. It may use its own code or test/support/every-page.ts.
const TESTS_PAGING = /next_cursor|everyPage/;
const TESTS_ERRORS = /error|testProviderErrors/;
const PROVIDER_CALL = /\bapi\.(get|post|put|patch|delete)\(/;
// A tool calls `api` itself, or passes `api` to a helper.
const USES_API = /\bapi\.|\bapi,|\(api\)/;
const CONFIRM = /^\s*confirm: (?:true|false),/;
const REASON = /\/\/ .{8}/;
const RUN_START = /^ {2}(?:async )?run[(:]/;
const RUN_END = /^ {2}\},?$/;
const LINK = /\/\/ .*https:\/\//;
// The description of an ID must name a tool that returns the ID, or something that people paste.
const NAMES_SOURCE = /\b[a-z][a-z0-9]*_[a-z0-9]+_[a-z0-9_]+\b|\b(?:link|address|URL|other system)\b/;
const TOOL_NAME = /\b[a-z][a-z0-9]*(?:_[a-z0-9]+){2,}\b/g;
// The template of a new tool marks everything that its author must still write.
const TO_DO = /\bto do\b/i;

/** The rules for every tool. Each function returns the faults that it finds, and how to fix them. */
export const AUTHORING_RULES: readonly ((tool: AuthoredTool) => readonly string[])[] = [
  ({ tool, file }) => {
    const { name } = tool.connector;
    const expected = `functions/${name}/${tool.name.slice(name.length + 1).replaceAll('_', '-')}.ts`;
    return file === expected
      ? []
      : [`A tool's file has the tool's name. Move it to ${expected}, or rename the tool.`];
  },

  ({ tool: { name } }) => {
    const fault = prebuiltNameFault(name);
    return fault === undefined ? [] : [fault];
  },

  ({ tool, others }) => [
    ...descriptionFaults('the tool', tool.description, DESCRIPTION_LENGTH_MAX),
    ...others
      .filter(({ description }) => description === tool.description)
      .map(
        ({ name }) => `It has the same description as ${name}. Say what is different, so a model can choose.`,
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
      .filter(([key, field]) => isIdField(key, field) && !NAMES_SOURCE.test(descriptionOf(field)))
      .map(
        ([key]) =>
          `The description of ${key} does not say where the ID comes from. Name the tool of this project that returns it, or say which link people can paste.`,
      ),

  ({ tool, others }) => {
    const tools = [tool, ...others];
    const names = new Set(tools.map(({ name }) => name));
    const connectors = new Set(tools.map(({ connector }) => connector.name));
    return namedTools(tool)
      .filter((named) => connectors.has(named.split('_')[0] ?? '') && !names.has(named))
      .map(
        (named) =>
          `Its contract names ${named}, which no agent of this project has. Name a tool of this project, or say what the value is.`,
      );
  },

  ({ tool }) =>
    // `next_cursor` may be long. The runtime adds this field, so the author cannot limit it.
    openPlaces(tool.output).filter((place) => !place.startsWith('next_cursor ')),

  ({ tool }) =>
    tool.scopes.length > 0
      ? []
      : [
          "scopes is empty. Name the OAuth scopes that the provider's documentation asks for, or its own permissions if it has no scopes.",
        ],

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
      ...(USES_API.test(source)
        ? []
        : ['It does not call its provider. Call it with api.get, api.post, … in run.']),
      ...(runLength(lines) <= RUN_LINES_MAX
        ? []
        : [
            `run has ${runLength(lines)} lines, of at most ${RUN_LINES_MAX}. Move a part of it into a function.`,
          ]),
    ];
  },

  ({ tool, test, testFile }) => {
    if (test === undefined) return [`It has no test. Write ${testFile}, like the tests in that folder.`];
    return [
      ...(tool.list && !TESTS_PAGING.test(test)
        ? [`${testFile} does not test paging. Follow next_cursor to the end of a list.`]
        : []),
      ...(TESTS_ERRORS.test(test) || TO_DO.test(test)
        ? []
        : [
            `${testFile} tests no error. Add the provider's errors: a missing thing, a missing right, wrong values.`,
          ]),
    ];
  },
];

/** Returns the number of lines of `run`. The file must be formatted. */
function runLength(lines: readonly string[]): number {
  const start = lines.findIndex((line) => RUN_START.test(line));
  if (start < 0) return 0;
  if (lines[start]?.endsWith(',')) return 1;
  return lines.findIndex((line, index) => index > start && RUN_END.test(line)) - start + 1;
}

/** Returns all names of tools that the descriptions of a tool and its fields contain. */
function namedTools({ name, description, input, output }: AuthoredTool['tool']): string[] {
  const schemas = [toJsonSchema(input, 'input', name), toJsonSchema(output, 'output', name)];
  const texts = [description, ...schemas.map((schema) => JSON.stringify(schema))].join(' ');
  return [...new Set(texts.match(TOOL_NAME))];
}

/** Returns true if the type or the name of a field shows that it takes an ID. */
function isIdField(key: string, field: z.core.$ZodType): boolean {
  const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
  return takesNumber(inner) || /_(?:id|ts)$/.test(key);
}

/** Returns the description of a field. If the field is optional, the description may be on its inner schema. */
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
    : [`${what} differs from the contract's result: ${JSON.stringify(data)}. Write that.`];
}
