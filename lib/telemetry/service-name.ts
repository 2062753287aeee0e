/** The service name in logs and metrics. We read the variable here, because in Powertools an option overrides it. */
export function serviceName(): string {
  return process.env.POWERTOOLS_SERVICE_NAME?.trim() || 'scalekit-lambda-tools';
}
