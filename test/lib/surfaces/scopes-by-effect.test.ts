import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createThing, deleteThing, readThing } from '../../support/acme.ts';
import { signingKey, startKeyIssuer } from '../../support/start-key-issuer.ts';
import { readAnswer, SURFACE_CALLERS } from '../../support/surface-callers.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
let issuer: Awaited<ReturnType<typeof startKeyIssuer>>;
beforeAll(async () => {
  bed = await startTestBed();
  issuer = await startKeyIssuer(await signingKey('RS256'));
});
afterAll(() => Promise.all([bed.close(), issuer.close()]));
beforeEach(() => {
  bed.reset();
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
});

const ALL = { READ_SCOPE: 'tools:read', WRITE_SCOPE: 'tools:write', DESTRUCTIVE_SCOPE: 'tools:delete' };
const WITHOUT_DESTRUCTIVE = { READ_SCOPE: 'tools:read', WRITE_SCOPE: 'tools:write' };
const CALLS = [
  { tool: readThing, input: { thing: 't1' } },
  { tool: createThing, input: { title: 'New' } },
  { tool: deleteThing, input: { thing: 't1' } },
];

/** The settings, the scope of the token, and the tools that a caller with this token may call. */
const CASES: readonly [settings: Record<string, string>, scope: string, runs: string][] = [
  [{}, '', 'read, create, delete'],
  [ALL, '', ''],
  [ALL, 'tools:read', 'read'],
  [ALL, 'tools:write', 'create'],
  [ALL, 'tools:delete', 'delete'],
  [ALL, 'tools:read tools:write tools:delete', 'read, create, delete'],
  [ALL, 'tools:readonly TOOLS:READ tools', ''],
  [ALL, 'tools:delegate', ''],
  [WITHOUT_DESTRUCTIVE, 'tools:read', 'read'],
  [WITHOUT_DESTRUCTIVE, 'tools:write', 'create, delete'],
  [{ WRITE_SCOPE: 'tools:write' }, '', 'read'],
  [{ READ_SCOPE: 'tools:read' }, '', ''],
  [{ READ_SCOPE: 'tools:read' }, 'tools:read', 'read, create, delete'],
  [{ ...ALL, REQUIRED_SCOPE: 'tools:use' }, 'tools:read', ''],
  [{ ...ALL, REQUIRED_SCOPE: 'tools:use' }, 'tools:use', ''],
  [{ ...ALL, REQUIRED_SCOPE: 'tools:use' }, 'tools:use tools:read', 'read'],
];

describe.each(SURFACE_CALLERS.filter(({ byClaims }) => byClaims))('$name', (surface) => {
  test.each(CASES)(
    'the settings %j and the scope "%s" allow only these effects: %s',
    async (settings, scope, runs) => {
      const variables = { ...settings, OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: issuer.audience };
      const ran: string[] = [];
      for (const { tool, input } of CALLS) {
        const call = { tool: tool.name, user: 'user_ada', input, claims: { scope }, variables };
        const answer = await surface.invoke(bed.handler(tool, variables), call, issuer);
        const { error } = readAnswer(surface, answer);
        if (!error) ran.push(tool.effect);
        else if (!scope.includes('delegate')) expect(error.code).toBe('forbidden');
      }

      expect(ran.join(', ')).toBe(runs);
      expect(bed.provider.requests).toHaveLength(ran.length);
    },
  );
});

describe.each(SURFACE_CALLERS.filter(({ byClaims }) => !byClaims))('$name', (surface) => {
  test('calls have no token, so scopes do not apply', async () => {
    const call = { tool: readThing.name, user: 'user_ada', input: { thing: 't1' } };
    const answer = await surface.invoke(bed.handler(readThing, ALL), call, issuer);

    expect(readAnswer(surface, answer).error).toBeUndefined();
  });
});
