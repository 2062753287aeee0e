/** What logs and metrics name as their service. Powertools lets an option go before its variable, so it is read here. */
export function serviceName(): string {
  return process.env.POWERTOOLS_SERVICE_NAME?.trim() || 'scalekit-lambda-tools';
}
