import { arnRegion } from '../../lib/aws/arn-region.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import { type Finding, fault, ok } from './finding.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
const API_HOST = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com/;
const SECRET = 'SCALEKIT_CLIENT_SECRET_ARN';

/**
 * Compares the AWS regions of this environment, of the secret and of the deployed API.
 * @param mcpUrl the output `McpUrl` of the deployment; undefined if it was not given
 * @returns at most one finding. The list is empty if no region is missing, but there are not two regions to
 * compare.
 */
export function checkRegion(variables: Environment, mcpUrl: URL | undefined): Finding[] {
  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
  const here = variables.AWS_REGION || variables.AWS_DEFAULT_REGION;
  const ofSecret = arnRegion(variables[SECRET] ?? '');
  if (!here && ofSecret && !variables.SCALEKIT_CLIENT_SECRET) {
    return [
      fault(
        'AWS_REGION is not set, so the secret cannot be read.',
        `Set it to the region of the secret and the stack: export AWS_REGION=${ofSecret}`,
      ),
    ];
  }
  const known = [
    { name: 'AWS_REGION', region: here },
    { name: SECRET, region: ofSecret },
    { name: 'the API', region: API_HOST.exec(mcpUrl?.host ?? '')?.[1] },
  ].filter(({ region }) => region);
  if (known.length < 2) return [];
  if (new Set(known.map(({ region }) => region)).size === 1) {
    const names = new Intl.ListFormat('en-GB').format(known.map(({ name }) => name));
    return [ok(`${names} are of ${known[0]?.region}.`)];
  }
  const regions = known.map(({ name, region }) => `${name} is of ${region}`).join(', ');
  return [
    fault(
      `The regions differ: ${regions}.`,
      'Set AWS_REGION to the region of the stack, and store the secret in that region.',
    ),
  ];
}
