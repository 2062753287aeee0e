// STS ARNs omit the role path, so we compare partition, account and name.
const ROLE = /^arn:([^:]+):iam::(\d{12}):role\/(?:[^/]+\/)*([^/]+)$/;
const SESSION = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/;

/**
 * True if a principal is a session of a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 * @param principalArn the ARN of the caller, such as `arn:aws:sts::123456789012:assumed-role/agent-backend/session`
 * @param roleArn the ARN of the role, such as `arn:aws:iam::123456789012:role/apps/agent-backend`; role names are
 * unique in an account, whatever their paths
 */
export function isSessionOf(principalArn: string, roleArn: string): boolean {
  const session = SESSION.exec(principalArn)?.slice(1);
  const role = ROLE.exec(roleArn)?.slice(1);
  return session !== undefined && role !== undefined && session.every((part, index) => part === role[index]);
}

/** True if a text is the ARN of a role. */
export function isRoleArn(text: string): boolean {
  return ROLE.test(text);
}

/**
 * Returns the ARN of the role that a session belongs to, without the role's path. Returns undefined for any other
 * principal.
 */
export function roleOfSession(principalArn: string): string | undefined {
  const [, partition, account, name] = SESSION.exec(principalArn) ?? [];
  return name && `arn:${partition}:iam::${account}:role/${name}`;
}
