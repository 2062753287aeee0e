import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallTracer } from '../../../local/calls/call-tracer.ts';
import { httpEvent } from '../../../local/events/http-event.ts';
import type { anyHandler } from '../../../local/testing/any-handler.ts';
import { lambdaContext, startTestBed, type TestBed } from '../../../local/testing/test-bed.ts';
import type { createThing } from '../../support/acme.ts';

const PROJECT = join(import.meta.dirname, '../../..');

interface Bundle {
  CallTracer: typeof CallTracer;
  anyHandler: typeof anyHandler;
  createThing: typeof createThing;
}

let bed: TestBed;
let folder: string;
beforeAll(async () => {
  bed = await startTestBed({ connectors: ['acme'] });
  folder = await mkdtemp(join(PROJECT, 'node_modules/.call-tracer-'));
});
afterAll(async () => {
  await bed.close();
  await rm(folder, { recursive: true });
});

/** Bundles the tracer, a handler and a tool. The bundler gives all functions other names. */
async function bundleWithOtherNames(): Promise<Bundle> {
  const outfile = join(folder, 'bundle.mjs');
  await build({
    stdin: {
      contents: `export { CallTracer } from './local/calls/call-tracer.ts';
        export { anyHandler } from './local/testing/any-handler.ts';
        export { createThing } from './test/support/acme.ts';`,
      resolveDir: PROJECT,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    alias: { 'scalekit-lambda-tools': './lib/index.ts' },
    minifyIdentifiers: true,
  });
  return import(pathToFileURL(outfile).href);
}

test('the timeline is complete even if a bundler renames all functions', async () => {
  const bundle = await bundleWithOtherNames();
  const tracer = new bundle.CallTracer(({ method, path }) => ({ to: 'other', method, target: path }));
  const handler = bundle.anyHandler(bundle.createThing, {
    variables: {
      SCALEKIT_ENV_URL: bed.scalekit.url,
      SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
      SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
      USER_VERIFY_URL: 'none',
      IDEMPOTENCY_TABLE: 'writes',
      AWS_REGION: 'eu-west-1',
    },
    log: () => {},
    metrics: () => {},
    hooks: tracer.hooks,
  });
  bed.provider.script = () => ({ body: { id: '7' } });

  const event = httpEvent({ claims: { sub: 'user_ada' }, body: { title: 'A thing' } });
  const { outcome, trace } = await tracer.trace(() => handler(event, lambdaContext()));
  tracer.close();

  expect(outcome).toMatchObject({ status: 'fulfilled', value: { statusCode: 200 } });
  const { steps } = trace.close({ isWrite: true, failed: false });
  expect(steps.map(({ name, outcome: reached }) => [name, reached])).toEqual(
    ['recognise', 'identify', 'validate', 'account', 'key', 'run', 'fit', 'answer'].map((name) => [
      name,
      'done',
    ]),
  );
});
