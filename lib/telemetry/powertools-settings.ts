const WORDS = new Map([
  ...['1', 'y', 'yes', 't', 'true', 'on'].map((word) => [word, true] as const),
  ...['', '0', 'n', 'no', 'f', 'false', 'off'].map((word) => [word, false] as const),
]);

/**
 * Reads an on/off setting of Powertools. The default is off.
 * https://docs.aws.amazon.com/powertools/typescript/latest/environment-variables/
 * @throws Error if the setting is malformed
 */
export function powertoolsBoolean(name: string): boolean {
  const value = WORDS.get((process.env[name] ?? '').trim().toLowerCase());
  if (value === undefined) throw new Error(`${name} is malformed; it should hold true or false.`);
  return value;
}

/**
 * The service name in logs and metrics. We read the variable ourselves, because Powertools ignores the variable if the
 * code sets the option.
 */
export function serviceName(): string {
  return process.env.POWERTOOLS_SERVICE_NAME?.trim() || 'scalekit-lambda-tools';
}
