/** A value of a CloudFormation template: a literal, a list, or an intrinsic function. */
export type CloudFormationValue =
  | string
  | number
  | boolean
  | readonly CloudFormationValue[]
  | { readonly [key: string]: CloudFormationValue | undefined };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
interface CloudFormationResource {
  Type: string;
  DependsOn?: string | readonly string[];
  Properties: object;
}

export type Resources = Record<string, CloudFormationResource>;
export type Outputs = Record<string, { Description: string; Value: CloudFormationValue }>;

export const sub = (text: string) => ({ 'Fn::Sub': text });
export const ref = (logicalId: string) => ({ Ref: logicalId });
export const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/**
 * Returns the logical ID that Serverless derives from a function's key.
 * https://www.serverless.com/framework/docs/providers/aws/guide/resources#aws-cloudformation-resource-reference
 */
export function functionLogicalId(key: string): string {
  const name = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`;
}

/** Returns a name without separators, such as `GmailListUnread`, for use in a logical ID. */
export function logicalName(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
