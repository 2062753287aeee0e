import { describe, expect, test } from 'vitest';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { agentCoreSurface } from '../../../lib/surfaces/agentcore.ts';
import { readThing } from '../../support/acme.ts';
import { agentCoreContext } from '../../support/agentcore-context.ts';

const headers = { Authorization: 'Bearer header.claims.signature' };
const context = agentCoreContext('acme_read_thing', headers);

function receive(event: unknown, invocation: object = context) {
  const call = agentCoreSurface.receive(event, invocation, readThing);
  if (!call) throw new Error('The surface did not recognise the event.');
  return call;
}

const withHeaders = (propagated: unknown) => receive({}, agentCoreContext('acme_read_thing', propagated));
const withTool = (bedrockAgentCoreToolName: unknown) =>
  receive({}, agentCoreContext('', headers, { bedrockAgentCoreToolName }));
const unauthenticated = expect.objectContaining({ code: 'unauthenticated' });

describe('the AgentCore surface', () => {
  test.each<[string, object]>([
    ['custom', context],
    ['Custom', { clientContext: { Custom: context.clientContext.custom } }],
    ['Custom and an empty custom', { clientContext: { custom: {}, Custom: context.clientContext.custom } }],
    ['custom and a null Custom', { clientContext: { ...context.clientContext, Custom: null } }],
    ['custom with some keys of AgentCore', { clientContext: { custom: { bedrockAgentCoreGatewayId: 'x' } } }],
    [
      'custom and other data of the client',
      { clientContext: { ...context.clientContext, client: {}, env: {} } },
    ],
  ])('recognises an event by its client context with %s', (_, invocation) => {
    expect(agentCoreSurface.receive({ thing: 't1' }, invocation, readThing)).toBeDefined();
  });

  test.each<[string, object]>([
    ['no client context', { awsRequestId: 'request-1' }],
    ['a client context that is null', { clientContext: null }],
    [
      'a client context of another client',
      { clientContext: { custom: { tool: 'x___acme_read_thing' }, client: {} } },
    ],
    [
      'a client context without custom',
      { clientContext: { bedrockAgentCoreToolName: 'x___acme_read_thing' } },
    ],
    ['a client context that is a text', { clientContext: JSON.stringify(context.clientContext) }],
  ])('ignores an event with %s', (_, invocation) => {
    expect(agentCoreSurface.receive({ thing: 't1' }, invocation, readThing)).toBeUndefined();
  });
});

describe('the tool name', () => {
  test.each([
    'acme-target___acme_read_thing',
    'acme_read_thing',
    'a___b___acme_read_thing',
    'a____acme_read_thing',
  ])('%s is accepted by the function', (name) => {
    expect(withTool(name).caller()).toHaveProperty('bearer');
  });

  test.each([
    ['target___acme_create_thing'],
    ['acme_read_thing___acme_create_thing'],
    ['acme_read_thing___'],
    ['target__acme_read_thing'],
    [''],
    [undefined],
    [7],
  ])('%j is rejected by the function', (name) => {
    expect(() => withTool(name).caller()).toThrow(expect.objectContaining({ code: 'internal_error' }));
  });
});

describe('the caller', () => {
  test.each<[string, unknown]>([
    ['as an object', headers],
    ['as a JSON text', JSON.stringify(headers)],
    ['in lower case', { authorization: headers.Authorization }],
    ['in mixed case', { aUTHORIZATION: 'bearer  header.claims.signature' }],
    ['with other headers', { ...headers, 'x-amzn-trace-id': 'x', Cookie: ['a', 'b'] }],
  ])('has the token from the headers: %s', (_, propagated) => {
    expect(withHeaders(propagated).caller()).toEqual({ bearer: 'header.claims.signature', named: undefined });
  });

  test.each(['x-identifier', 'X-Identifier', 'X-IDENTIFIER'])('may name a user in the header %s', (name) => {
    expect(withHeaders({ ...headers, [name]: ' user_2' }).caller()).toMatchObject({ named: ' user_2' });
  });

  test.each<[string, unknown]>([
    ['no headers', undefined],
    ['null', null],
    ['no token', {}],
    ['a text that is not JSON', 'Authorization: Bearer a.b.c'],
    ['a JSON text that is not an object', '["Authorization"]'],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['another scheme', { Authorization: 'Basic a.b.c' }],
    ['a token without a scheme', { Authorization: 'a.b.c' }],
    ['two tokens in one header', { Authorization: 'Bearer a.b.c, Bearer d.e.f' }],
    ['a token that is followed by another text', { Authorization: 'Bearer a.b.c d.e.f' }],
    ['a list of tokens', { Authorization: ['Bearer a.b.c'] }],
    [
      'the header in upper and in lower case',
      { Authorization: 'Bearer a.b.c', authorization: 'Bearer a.b.c' },
    ],
    ['two users', { ...headers, 'x-identifier': 'user_1', 'X-Identifier': 'user_2' }],
    ['a list of users', { ...headers, 'x-identifier': ['user_1'] }],
  ])('is rejected with %s', (_, propagated) => {
    expect(() => withHeaders(propagated).caller()).toThrow(unauthenticated);
  });
});

describe('a call', () => {
  test.each<[unknown, unknown]>([
    [{ thing: 't1' }, { thing: 't1' }],
    [{}, {}],
    [null, {}],
    [undefined, {}],
    [['t1'], ['t1']],
    ['t1', 't1'],
  ])('has the right input: the event is %j, and the input is %j', (event, input) => {
    expect(receive(event).input()).toEqual(input);
  });

  test('returns the output or the error object', () => {
    const error = new ToolError('not_found');

    expect(receive({}).answer({ id: 't1' })).toEqual({ id: 't1' });
    expect(receive({}).answerError(error)).toEqual(error.toBody(context.awsRequestId));
  });
});
