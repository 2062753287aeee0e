/**
 * Returns the region in an ARN, such as `eu-west-1`. Returns undefined for an ARN without a region, such as the ARN
 * of a role, and for any other text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnRegion(text: string): string | undefined {
  return /^arn:[^:]*:[^:]*:([^:]+):/.exec(text)?.[1];
}
