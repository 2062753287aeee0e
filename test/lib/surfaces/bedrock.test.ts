import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { coerceInput } from '../../../lib/runtime/coerce-input.ts';
import { bedrockSurface } from '../../../lib/surfaces/bedrock.ts';
import { jsonBytes } from '../../../lib/text/json.ts';
import { apiEvent, functionEvent } from '../../../local/events/bedrock-events.ts';
import { echoInput } from '../../support/acme.ts';

const context = { awsRequestId: 'request-1' };
const NAME = echoInput.name;
const forms: [string, (input?: object, changes?: object) => object][] = [
  ['function details', (input, changes) => functionEvent(NAME, input, changes)],
  ['OpenAPI', (input, changes) => apiEvent(NAME, input, changes)],
];

function receive(event: unknown) {
  const call = bedrockSurface.receive(event, context, echoInput);
  if (!call) throw new Error('The surface did not recognise the event.');
  return call;
}

/** Returns a response as it arrives after it was sent as JSON, without undefined values. */
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

describe('the Bedrock surface', () => {
  test.each<[string, object]>([
    ['function details', functionEvent(NAME)],
    ['OpenAPI', apiEvent(NAME)],
    [
      'only the required fields, with a function',
      { messageVersion: '1.0', actionGroup: 'acme', function: NAME },
    ],
    [
      'only the required fields, with a path',
      { messageVersion: '1.0', actionGroup: 'acme', apiPath: '/', httpMethod: 'GET' },
    ],
    ['another tool', functionEvent('acme_read_thing')],
    ['malformed parameters', functionEvent(NAME, {}, { parameters: {} })],
  ])('recognises an event with %s', (_, event) => {
    expect(bedrockSurface.receive(event, context, echoInput)).toBeDefined();
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['an unknown version', functionEvent(NAME, {}, { messageVersion: '2.0' })],
    ['no version', functionEvent(NAME, {}, { messageVersion: undefined })],
    ['no action group', functionEvent(NAME, {}, { actionGroup: undefined })],
    ['no function', functionEvent(NAME, {}, { function: undefined })],
    ['no method', apiEvent(NAME, {}, { httpMethod: undefined })],
    ['a direct invocation', { tool: NAME, identifier: 'user_1', input: {} }],
  ])('ignores %s', (_, event) => {
    expect(bedrockSurface.receive(event, context, echoInput)).toBeUndefined();
  });

  test.each<[string, object]>([
    ['another function', functionEvent('acme_read_thing')],
    ['the name of the function in capital letters', functionEvent(NAME.toUpperCase())],
    ['another path', apiEvent('acme_read_thing')],
    ['a longer path than the path of the tool', apiEvent(`${NAME}/more`)],
    ['a shorter path than the path of the tool', apiEvent(NAME, {}, { apiPath: `/${NAME}` })],
    ['another method', apiEvent(NAME, {}, { httpMethod: 'GET' })],
  ])('rejects %s', (_, event) => {
    expect(() => receive(event).caller()).toThrow(expect.objectContaining({ code: 'internal_error' }));
  });
});

describe('the caller', () => {
  test.each(forms)('is the identifier in the session attributes: %s', (_, event) => {
    expect(receive(event()).caller()).toEqual({ identifier: 'user_ada' });
  });

  test.each<[string, object]>([
    ['no session attributes', { sessionAttributes: undefined }],
    ['null as session attributes', { sessionAttributes: null }],
    ['a text as session attributes', { sessionAttributes: 'user_ada' }],
    ['empty session attributes', { sessionAttributes: {} }],
    ['the name of the attribute with a capital letter', { sessionAttributes: { Identifier: 'user_ada' } }],
    [
      'an identifier only in the prompt attributes',
      { sessionAttributes: {}, promptSessionAttributes: { identifier: 'user_ada' } },
    ],
    [
      'an identifier only in the parameters',
      { sessionAttributes: {}, parameters: [{ name: 'identifier', type: 'string', value: 'user_ada' }] },
    ],
    ['an identifier only in the prototype', { sessionAttributes: Object.create({ identifier: 'user_ada' }) }],
  ])('is rejected without the session attribute `identifier`: %s', (_, changes) => {
    const error = expect.objectContaining({
      code: 'unauthenticated',
      message: expect.stringMatching(/session attribute identifier is missing.* InvokeAgent/),
    });
    expect(() => receive(functionEvent(NAME, {}, changes)).caller()).toThrow(error);
  });
});

describe('the input', () => {
  const values = [
    { name: 'text', type: 'string', value: '123' },
    { name: 'count', type: 'integer', value: '5' },
    { name: 'share', type: 'number', value: '0.5' },
    { name: 'flag', type: 'boolean', value: 'true' },
    { name: 'labels', type: 'array', value: '[a, b]' },
    { name: 'kind', type: 'string', value: 'open' },
    { name: 'filter', type: 'object', value: '{"key":"v"}' },
  ];
  const read = {
    text: '123',
    count: 5,
    share: 0.5,
    flag: true,
    labels: ['a', 'b'],
    kind: 'open',
    filter: { key: 'v' },
  };

  test.each<[string, object]>([
    ['a function', functionEvent(NAME, {}, { parameters: values })],
    ['a path', apiEvent(NAME, {}, { parameters: values, requestBody: undefined })],
    ['a body', apiEvent(NAME, {}, { parameters: null, requestBody: bodyOf(values) })],
    [
      'a path and a body',
      apiEvent(NAME, {}, { parameters: values.slice(0, 2), requestBody: bodyOf(values.slice(2)) }),
    ],
  ])('has the types of the contract, from the parameters of %s', (_, event) => {
    const input = receive(event).input();

    expect(input).toEqual(Object.fromEntries(values.map(({ name, value }) => [name, value])));
    expect(coerceInput(echoInput.input, input)).toStrictEqual({ input: read, details: [] });
  });

  test.each<[string, object]>([
    ['no parameters', { parameters: undefined }],
    ['null', { parameters: null }],
    ['an empty list', { parameters: [] }],
    [
      'empty texts in fields that are not texts',
      { parameters: values.slice(1, 5).map((one) => ({ ...one, value: '' })) },
    ],
  ])('is empty with %s', (_, changes) => {
    expect(receive(functionEvent(NAME, {}, changes)).input()).toEqual({});
    expect(receive(apiEvent(NAME, {}, { requestBody: null, ...changes })).input()).toEqual({});
  });

  test('contains unknown fields, so that the validation rejects them', () => {
    const input = receive(functionEvent(NAME, { identifier: 'user_2', toString: '5' }, {})).input();

    expect(input).toEqual({ identifier: 'user_2', toString: '5' });
    expect(receive(functionEvent(NAME, JSON.parse('{"__proto__":"x"}'))).input()).toEqual(
      JSON.parse('{"__proto__":"x"}'),
    );
  });

  test.each<[string, object, string[]]>([
    [
      'a name is repeated',
      functionEvent(NAME, {}, { parameters: [...values, ...values.slice(0, 1)] }),
      ['text'],
    ],
    [
      'a name is both in the path and in the body',
      apiEvent(NAME, {}, { parameters: values, requestBody: bodyOf(values.slice(1, 2)) }),
      ['count'],
    ],
    ['the parameters are not a list', functionEvent(NAME, {}, { parameters: { text: 'a' } }), ['']],
    ['a parameter has no name', functionEvent(NAME, {}, { parameters: [{ value: 'a' }] }), ['']],
    ['the body is not an object', apiEvent(NAME, {}, { requestBody: '{}' }), ['']],
  ])('is rejected if %s', (_, event, paths) => {
    expect(() => receive(event).input()).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        details: paths.map((path) => ({ path, issue: expect.any(String) })),
      }),
    );
  });

  function bodyOf(properties: object[]) {
    return { content: { 'application/json': { properties } } };
  }
});

describe('the response', () => {
  const attributes = {
    sessionAttributes: { identifier: 'user_ada', tier: 'gold' },
    promptSessionAttributes: { locale: 'en' },
  };

  test('has the same type as the event if the call succeeded', () => {
    expect(wire(receive(functionEvent(NAME)).answer({ count: 0, words: ['ü"'] }))).toEqual({
      messageVersion: '1.0',
      response: {
        actionGroup: 'acme',
        function: NAME,
        functionResponse: { responseBody: { TEXT: { body: '{"count":0,"words":["ü\\""]}' } } },
      },
      ...attributes,
    });
    expect(wire(receive(apiEvent(NAME)).answer({ count: 0 }))).toEqual({
      messageVersion: '1.0',
      response: {
        actionGroup: 'acme',
        apiPath: `/tools/${NAME}`,
        httpMethod: 'POST',
        httpStatusCode: 200,
        responseBody: { 'application/json': { body: '{"count":0}' } },
      },
      ...attributes,
    });
  });

  test('lets the model try again after an invalid input', () => {
    const error = new ToolError('invalid_input');
    const body = JSON.stringify(error.toBody('request-1'));

    expect(wire(receive(functionEvent(NAME)).answerError(error))).toMatchObject({
      response: { functionResponse: { responseState: 'REPROMPT', responseBody: { TEXT: { body } } } },
      ...attributes,
    });
    expect(wire(receive(apiEvent(NAME)).answerError(error))).toMatchObject({
      response: { httpStatusCode: 400, responseBody: { 'application/json': { body } } },
      ...attributes,
    });
  });

  test.each<[string, unknown]>([
    ['none', {}],
    ['values that are not texts', { identifier: 'user_ada', nested: { a: [1, null] }, flag: true }],
    ['invisible characters', { identifier: 'user_ada', text: '\u200b\u202e\u0000"' }],
    ['the key __proto__', JSON.parse('{"identifier":"user_ada","__proto__":{"x":1}}')],
    ['null', null],
  ])('contains the session attributes unchanged: %s', (_, sessionAttributes) => {
    const event = functionEvent(NAME, {}, { sessionAttributes, promptSessionAttributes: sessionAttributes });

    const answer = JSON.stringify(receive(event).answer({}));

    expect(answer).toContain(`"sessionAttributes":${JSON.stringify(sessionAttributes)}`);
    expect(answer).toContain(`"promptSessionAttributes":${JSON.stringify(sessionAttributes)}`);
  });

  test('has no session attributes if the event has no session attributes', () => {
    const event = functionEvent(
      NAME,
      {},
      { sessionAttributes: undefined, promptSessionAttributes: undefined },
    );

    expect(Object.keys(Object(wire(receive(event).answer({}))))).toEqual(['messageVersion', 'response']);
  });

  test.each(forms)('has enough space, or the call is rejected before anything is sent: %s', (_, event) => {
    const withNotes = (length: number) =>
      receive(event({}, { sessionAttributes: { identifier: 'user_ada', notes: 'n'.repeat(length) } }));
    const aroundBytes = jsonBytes(withNotes(0).answer(''));
    const most = 24_999 - 2_000 - aroundBytes;

    expect(withNotes(most).caller()).toEqual({ identifier: 'user_ada' });
    expect(() => withNotes(most + 1).caller()).toThrow(
      expect.objectContaining({
        code: 'internal_error',
        message: expect.stringContaining('session attributes'),
      }),
    );
  });
});
