import { describe, expect, test } from 'vitest';
import { readDeployerPolicy, rightFaults, unneededActions } from './deployer-rights.ts';
import { limitFaults } from './limit-faults.ts';
import { policyFaults } from './policy-faults.ts';
import { specificationFaults } from './specification-faults.ts';
import { Template } from './template.ts';

// Other tests use these checks for the packaged templates. These tests use them for broken templates, whose faults
// they must find.
const template = (Resources: object, Outputs: object = {}) =>
  Template.parse({ AWSTemplateFormatVersion: '2010-09-09', Resources, Outputs });

const LAMBDA = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Bucket: 'b', S3Key: 'k' }, Role: 'arn:aws:iam::123456789012:role/r' },
};
const lambda = (properties: object) =>
  template({ F: { ...LAMBDA, Properties: { ...LAMBDA.Properties, ...properties } } });

describe('specificationFaults', () => {
  test('accepts a correct template', () => {
    expect(
      specificationFaults(
        template({
          F: {
            ...LAMBDA,
            Properties: {
              ...LAMBDA.Properties,
              Timeout: 3,
              TracingConfig: { Mode: 'Active' },
              Environment: { Variables: { A: { 'Fn::Sub': `\${G.Arn} in \${AWS::Region}` } } },
            },
          },
          G: LAMBDA,
        }),
      ),
    ).toEqual([]);
  });

  test.each([
    [
      'an unknown type',
      template({ F: { Type: 'AWS::Lambda::Fnction' } }),
      'F: there is no AWS::Lambda::Fnction',
    ],
    ['an unknown property', lambda({ Runtme: 'x' }), 'F: there is no Runtme'],
    [
      'an unknown nested property',
      lambda({ TracingConfig: { Mod: 'x' } }),
      'F.TracingConfig: there is no Mod',
    ],
    ['a missing property', template({ F: { ...LAMBDA, Properties: { Role: 'x' } } }), 'F: Code is missing'],
    ['a value of another type', lambda({ Timeout: '3' }), 'F.Timeout: is no number'],
    ['a fraction in place of an integer', lambda({ Timeout: 2.5 }), 'F.Timeout: is no whole number'],
    [
      'a value that is not allowed',
      lambda({ TracingConfig: { Mode: 'On' } }),
      'F.TracingConfig.Mode: On is none of',
    ],
    ['an object in place of a list', lambda({ Layers: {} }), 'F.Layers: is no list'],
    ['a text in place of an object', lambda({ TracingConfig: 'Active' }), 'F.TracingConfig: is no object'],
    ['a reference to a missing resource', lambda({ Role: { Ref: 'R' } }), 'F.Role: there is no R'],
    [
      'an attribute of a missing resource',
      lambda({ Role: { 'Fn::GetAtt': ['R', 'Arn'] } }),
      'F.Role: there is no R',
    ],
    ['an unknown attribute', lambda({ Role: { 'Fn::GetAtt': ['F', 'An'] } }), 'has no attribute An'],
    ['a text with a missing reference', lambda({ Role: { 'Fn::Sub': `\${R}` } }), 'F.Role: there is no R'],
    [
      'a joined text with a missing reference',
      lambda({ Role: { 'Fn::Join': ['', ['a', { Ref: 'R' }]] } }),
      'there is no R',
    ],
    [
      'a cycle',
      template({
        F: { ...LAMBDA, DependsOn: 'G' },
        G: { ...LAMBDA, Properties: { ...LAMBDA.Properties, Role: { 'Fn::Sub': `\${F.Arn}` } } },
      }),
      'F needs G needs F',
    ],
    ['a dependency on a missing resource', template({ F: { ...LAMBDA, DependsOn: 'R' } }), 'F: depends on R'],
    [
      'an output of a missing resource',
      template({ F: LAMBDA }, { O: { Value: { Ref: 'R' } } }),
      'output O: there is no R',
    ],
  ])('rejects %s', (_, broken, fault) => {
    expect(specificationFaults(broken).join('\n')).toContain(fault);
  });
});

describe('the checks of the limits', () => {
  const many = (count: number, resource: object) =>
    template(Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, resource])));

  test.each([
    ['the number of resources', many(501, LAMBDA), '501 resources of a stack'],
    ['the length of a name', lambda({ FunctionName: 'x'.repeat(65) }), '65 characters of the name'],
    [
      'the size of an environment',
      lambda({ Environment: { Variables: { A: 'x'.repeat(4_100) } } }),
      'bytes of the environment',
    ],
    [
      'the number of targets',
      many(101, { Type: 'AWS::BedrockAgentCore::GatewayTarget' }),
      '101 targets of a gateway',
    ],
    [
      'the size of policies',
      template({ R: { Type: 'AWS::IAM::Role', Properties: { Policies: ['x'.repeat(10_300)] } } }),
      'characters of the policies in a role',
    ],
    [
      'the number of action groups',
      template({
        A: {
          Type: 'AWS::Bedrock::Agent',
          Properties: {
            AgentName: 'a',
            ActionGroups: Array(16).fill({ ActionGroupName: 'g', ApiSchema: {} }),
          },
        },
      }),
      '16 action groups of an agent',
    ],
  ])('report %s if it is over the limit', (_, broken, fault) => {
    expect(limitFaults(broken, JSON.stringify(broken)).join('\n')).toContain(fault);
  });

  test('accept a small template', () => {
    expect(limitFaults(lambda({}), '{}')).toEqual([]);
  });
});

describe('the checks of policies', () => {
  const role = (statement: object) =>
    template({
      R: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
        },
      },
    });
  const ofApi = (account: unknown) => ({
    'Fn::Join': [
      '',
      ['arn:aws:execute-api:', { Ref: 'AWS::Region' }, ':', account, ':', { Ref: 'HttpApi' }, '/*'],
    ],
  });
  const decrypt = (condition?: object) =>
    role({
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: 'arn:aws:kms:eu-west-1:123456789012:key/k',
      ...(condition && { Condition: condition }),
    });
  const permission = (properties: object) =>
    template({
      F: LAMBDA,
      P: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: ofApi({ Ref: 'AWS::AccountId' }),
          ...properties,
        },
      },
    });

  test.each([
    [
      'a permission for one table',
      role({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['T', 'Arn'] } }),
    ],
    [
      'a permission for an action that has no resources',
      role({ Effect: 'Allow', Action: ['xray:PutTraceSegments'], Resource: '*' }),
    ],
    ['a statement that denies everything', role({ Effect: 'Deny', Action: 'ec2:*', Resource: '*' })],
    ['a permission for the API of the stack', permission({})],
    [
      'a key that only Secrets Manager may use',
      decrypt({ StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } }),
    ],
    [
      'a key that only DynamoDB may use',
      decrypt({ StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' } }),
    ],
  ])('accept %s', (_, good) => {
    expect(policyFaults(good)).toEqual([]);
  });

  test.each([
    [
      'a permission for every action',
      role({ Effect: 'Allow', Action: 'dynamodb:*', Resource: 'arn:x' }),
      'allows dynamodb:*',
    ],
    [
      'a permission for every resource',
      role({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }),
      'dynamodb:GetItem on *',
    ],
    [
      'a permission for all functions whose name starts with a prefix',
      role({
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: [{ 'Fn::Sub': 'arn:x:function:a-*' }],
      }),
      'lambda:InvokeFunction on arn:x:function:a-*',
    ],
    [
      'a role that everybody may assume',
      role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }),
      'trusts everybody',
    ],
    [
      'a permission without a resource',
      role({ Effect: 'Allow', Action: 'dynamodb:GetItem' }),
      'is for no resource',
    ],
    ['a function that every principal may invoke', permission({ Principal: '*' }), 'P: '],
    [
      'a function that every API may invoke',
      permission({ SourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:*' }),
      'may invoke it from',
    ],
    [
      'a function that may be invoked from any source',
      permission({ SourceArn: undefined }),
      'may invoke it from',
    ],
    [
      'a function that an API of any account may invoke',
      permission({ SourceArn: ofApi('*') }),
      'may invoke it from',
    ],
    [
      'a function that an API without an account may invoke',
      permission({ SourceArn: ofApi('') }),
      'may invoke it from',
    ],
    ['a key that may be used through any service', decrypt(), 'kms:Decrypt not only for one service'],
    [
      'a key that may be used through S3',
      decrypt({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
      'kms:Decrypt not only for one service',
    ],
    [
      'a key whose condition applies only if a service uses it',
      decrypt({ StringEqualsIfExists: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } }),
      'kms:Decrypt not only for one service',
    ],
    [
      'a function that the agents of all accounts may invoke',
      permission({ Principal: 'bedrock.amazonaws.com', SourceArn: 'arn:x' }),
      'may invoke it from',
    ],
    [
      'a secret in a variable',
      lambda({ Environment: { Variables: { SCALEKIT_CLIENT_SECRET: 'x' } } }),
      'F: has SCALEKIT_CLIENT_SECRET',
    ],
    [
      'an API key in a variable',
      lambda({ Environment: { Variables: { SLACK_API_KEY: 'x' } } }),
      'F: has SLACK_API_KEY',
    ],
  ])('reject %s', (_, bad, fault) => {
    expect(policyFaults(bad).join('\n')).toContain(fault);
  });
});

describe('the policy for deployers', () => {
  // The limit does not count white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  const POLICY_LENGTH_MAX = 6_144;

  test('allows exactly the actions that the stack needs, and fits into one IAM policy', async () => {
    const policy = await readDeployerPolicy();

    expect(rightFaults(policy, lambda({ FunctionName: 'scalekit-lambda-tools-prod-mcp' }))).toEqual([]);
    expect(unneededActions(policy)).toEqual([]);
    expect(JSON.stringify(policy).length).toBeLessThan(POLICY_LENGTH_MAX);
  });

  test('does not allow actions on other functions', async () => {
    expect(rightFaults(await readDeployerPolicy(), lambda({ FunctionName: 'payroll' }))).toContain(
      'lambda:CreateFunction on arn:aws:lambda:eu-west-1:123456789012:function:payroll is not allowed',
    );
  });

  test('is reported as incomplete if a resource has a new type', async () => {
    expect(rightFaults(await readDeployerPolicy(), template({ Q: { Type: 'AWS::SQS::Queue' } }))).toEqual([
      'any action on AWS::SQS::Queue on Q is not allowed',
    ]);
  });

  test('is reported as wrong if a single action is missing or not needed', async () => {
    const { Version, Statement } = await readDeployerPolicy();
    const without = Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((action) => action !== 'lambda:UpdateFunctionCode'),
    }));

    expect(
      rightFaults({ Version, Statement: without }, lambda({ FunctionName: 'scalekit-lambda-tools-a' })),
    ).toEqual([
      'lambda:UpdateFunctionCode on arn:aws:lambda:eu-west-1:123456789012:function:scalekit-lambda-tools-a is not allowed',
    ]);
    expect(
      unneededActions({
        Version,
        Statement: [...Statement, { Sid: 'A', Effect: 'Allow', Action: ['sqs:*'], Resource: ['*'] }],
      }),
    ).toEqual(['sqs:*']);
  });
});
