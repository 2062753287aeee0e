import { expect, test } from 'vitest';
import { manifestOf } from '../../../lib/deploy/manifest.ts';
import { deploymentOf } from '../../support/deployment-of.ts';
import { policyFaults } from '../../support/template/policy-faults.ts';
import { specificationFaults } from '../../support/template/specification-faults.ts';
import { templateOfManifest } from '../../support/template/template-of-manifest.ts';

const manifest = manifestOf((await deploymentOf()).functions, '1.2.3');
const entry = (name: string) => manifest.functions.find((one) => one.name === name);

test('the manifest is sufficient to write a valid template', () => {
  const template = templateOfManifest(manifest);

  expect(specificationFaults(template)).toEqual([]);
  expect(policyFaults(template)).toEqual([]);
});

test('the manifest lists what a function needs', () => {
  expect(entry('accounts')).toEqual({
    name: 'accounts',
    zip: 'accounts.zip',
    kind: 'accounts',
    effect: null,
    handler: expect.stringMatching(/\/accounts\.handler$/),
    description: expect.any(String),
    memoryMb: 512,
    timeoutSeconds: 29,
    routes: [
      { method: 'GET', path: '/accounts', isOpen: false },
      { method: 'POST', path: '/accounts/{connector}/authorize', isOpen: false },
      { method: 'POST', path: '/accounts/verify', isOpen: false },
    ],
    settings: expect.arrayContaining([
      { name: 'SCALEKIT_CLIENT_SECRET_ARN', required: true },
      { name: 'IDENTITY_TEMPLATE', required: false },
    ]),
    iam: [
      { actions: ['secretsmanager:GetSecretValue'], resource: 'clientSecret' },
      expect.objectContaining({ resource: 'table', keys: { StringLike: ['state#*'] } }),
    ],
    tool: null,
  });
  expect(manifest).toMatchObject({ version: '1.2.3', runtime: 'nodejs24.x', architecture: 'arm64' });
});

test('the manifest explains each resource that a function needs', () => {
  const needed = [manifest.iam.vpc, ...manifest.iam.common, ...manifest.functions.flatMap(({ iam }) => iam)];

  for (const { resource } of needed) expect(manifest.iam.resources[resource]).toMatch(/\S/);
});
