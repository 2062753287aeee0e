/**
 * Returns the region in an ARN, such as `eu-west-1`. Undefined for any other text, and for an ARN without a region, such as
 * that of a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnRegion(text: string): string | undefined {
  return /^arn:[^:]*:[^:]*:([^:]+):/.exec(text)?.[1];
}
