/** Returns the name of a connector as a variable name: `myCrm` for `my_crm`. */
function variableOf(connector: string): string {
  return connector.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Returns the files of a new connector. The keys are paths, relative to the project. */
export function connectorTemplates(name: string): Record<string, string> {
  const variable = variableOf(name);
  return {
    [`functions/${name}/connector.ts`]: `import { defineConnector } from 'scalekit-lambda-tools';
import { ${variable}Errors } from './errors.ts';

export const ${variable} = defineConnector({ name: '${name}', errors: ${variable}Errors });
`,
    [`functions/${name}/errors.ts`]: `import { errorRules, maybeText, type ProviderErrors } from 'scalekit-lambda-tools';
import * as z from 'zod';

// To do: write the form in which the provider returns its errors.
const ProviderError = z.object({ error: z.object({ code: maybeText }) });

/** To do: link how the provider reports errors, such as https://developers.example.com/errors */
export const ${variable}Errors: ProviderErrors = {
  reason: ({ body }) => ProviderError.safeParse(body).data?.error.code,
  rules: errorRules([
    ['not_found', ['thing_not_found']],
    ['scope_missing', ['missing_scope']],
  ]),
};
`,
    [`functions/${name}/local/provider.ts`]: `import { createEmulator, defineEmulator } from 'emulate';
import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import type { StartLocalProvider } from '../../../local/providers/local-provider.ts';
import { startProvider } from '../../../local/providers/start-provider.ts';

/** To do: the part of the provider that the tools use, as its documentation describes it. */
const emulator = defineEmulator({
  name: '${name.replaceAll('_', '-')}',
  state: () => ({ things: [{ id: 't1', title: 'A thing' }] }),
  setup({ app, state }) {
    app.get('/v1/things', (context) => context.json({ things: state.things }));
    app.get('/v1/things/:id', (context) => {
      const thing = state.things.find(({ id }) => id === context.req.param('id'));
      return thing ? context.json(thing) : context.json({ error: { code: 'thing_not_found' } }, 404);
    });
  },
});

export const start: StartLocalProvider = ({ port = 0 } = {}) =>
  startProvider(
    {
      connector: '${name}',
      grants: [ada, grace].map(({ identifier, email }) => ({
        identifier,
        label: email,
        accessToken: \`${name}-local-\${identifier}\`,
      })),
      emulate: () => createEmulator({ service: emulator, port: 0 }),
      refuse: () => ({ status: 401, body: { error: { code: 'unauthenticated' } } }),
    },
    port,
  );
`,
    [`functions/${name}/test/errors.test.ts`]: `import { describe, expect, test } from 'vitest';
import { ${variable}Errors } from '../errors.ts';
import { answer, testHostileAnswers, verdictOf } from '../../../test/support/provider-answers.ts';

describe('the error table', () => {
  test.each([
    ['a missing thing', answer(404, { error: { code: 'thing_not_found' } }), 'not_found, recognised'],
    ['a missing scope', answer(403, { error: { code: 'missing_scope' } }), 'scope_missing, recognised'],
    ['an unknown name', answer(409, { error: { code: 'new' } }), 'conflict'],
  ])('returns “$2” for %s', (_, response, verdict) => {
    expect(verdictOf(response, ${variable}Errors)).toBe(verdict);
  });
});

testHostileAnswers(${variable}Errors);

test('the error table follows the documentation', () => {
  expect.fail('To do: write the error table of ${name} after its documentation, and remove this test.');
});
`,
  };
}
