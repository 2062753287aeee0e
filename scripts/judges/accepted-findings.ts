import type { AcceptedFinding } from './compare-findings.ts';

const ESM_ONLY = 'The package is for Node.js 22.12 and newer, where require() loads ES modules.';

/**
 * The findings of each judge that we accept, with the reasons. `npm run judges` fails if a judge reports any other
 * finding, or no longer reports one of these. A `*` stands for any characters. The findings of the MCP suite are in
 * test/lib/mcp/conformance-failures.yml.
 */
export const ACCEPTED_FINDINGS: Readonly<Record<string, readonly AcceptedFinding[]>> = {
  template: [
    {
      finding: 'AwsSolutions-S1: ServerlessDeploymentBucket',
      reason:
        'Only the deployer reads this bucket, which has nothing but zips. CloudTrail records that, and access logs would need another bucket.',
    },
    {
      finding: 'AwsSolutions-IAM5[Resource::*]: *Role',
      reason: 'X-Ray has no resources to name. A test of the templates rejects every other wildcard.',
    },
    {
      finding: 'Serverless-LambdaStarPermissions: *Role',
      reason: 'The same wildcard, for X-Ray.',
    },
    {
      finding: 'AwsSolutions-DDB3: IdempotencyTable',
      reason: 'Records expire after a day. The parameter tableRecovery turns backups on.',
    },
    {
      finding: 'AwsSolutions-APIG4: HttpApiRouteGetWellDashknown*',
      reason: 'Clients without a token find the login here (RFC 9728). The routes have a limit of their own.',
    },
    {
      finding: 'Serverless-LambdaDLQ: *LambdaFunction',
      reason: 'Every caller waits for its answer. Nothing invokes the functions asynchronously.',
    },
  ],
  'OpenAPI rules': [
    {
      finding: 'license-url: info.license',
      reason: 'OpenAPI 3.1 allows either the url or the identifier, and the identifier is MIT.',
    },
    {
      finding: 'openapi-tags-alphabetical: tags',
      reason: 'The connectors are in this order; discovery comes last, because it has no tools.',
    },
    {
      finding: 'info-contact: info',
      reason: 'Who answers for an API is known to its operator, not to this project.',
    },
  ],
  'consumer types': [
    {
      finding: 'TypeScript * TS2304: @connectrpc/connect/*',
      reason: 'Its declarations name a type of the DOM, which a program for Node.js need not have.',
    },
    {
      finding: 'TypeScript * TS2307: @middy/core/index.d.ts',
      reason: 'It imports the types of a package that only durable functions need.',
    },
    {
      finding: 'TypeScript * TS2749: @scalekit-sdk/node/lib/core.d.ts',
      reason: 'It names a value of axios as a type, which only the SDK can change.',
    },
  ],
  'package forms': [
    {
      finding: 'attw NoResolution: *, node10',
      reason: 'Module resolution without exports is that of Node.js 10, which the package does not run on.',
    },
    { finding: 'attw CJSResolvesToESM: *, node16-cjs', reason: ESM_ONLY },
  ],
  licences: [
    {
      finding: 'MPL-2.0: ical.js',
      reason: 'MPL-2.0 asks only that changed files of ical.js itself stay open. They are used unchanged.',
    },
  ],
};
