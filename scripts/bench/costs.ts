import type { Summary } from './summary.ts';

/** The assumptions about a million calls. */
export const ASSUMPTIONS = {
  calls: 1_000_000,
  memoryMb: 512,
  /** The share of calls that start an execution environment. AWS also bills the time of the initialisation. */
  coldShare: 0.01,
};

// US East (N. Virginia), arm64. https://aws.amazon.com/lambda/pricing/
const PER_GB_SECOND = 0.0000133334;
const PER_REQUEST = 0.2 / 1_000_000;
// https://aws.amazon.com/secrets-manager/pricing/
const PER_SECRET_READ = 0.05 / 10_000;
// The price on demand, for an item of at most 1 KB. https://aws.amazon.com/dynamodb/pricing/on-demand/
const PER_TABLE_WRITE = 0.625 / 1_000_000;
const MB_PER_GB = 1_024;
const MS_PER_SECOND = 1_000;

/** A cost in US dollars. */
export interface Cost {
  lambda: number;
  /** The cost of Secrets Manager and DynamoDB. */
  services: number;
  total: number;
}

/**
 * Returns the cost of a million calls at AWS. API Gateway and logs are left out, because they cost the same for all
 * functions.
 */
export function costOf({ readyMs, firstCallMs, warmCallMs, coldUpstream, warmUpstream }: Summary): Cost {
  const { calls, memoryMb, coldShare } = ASSUMPTIONS;
  // Lambda bills by the millisecond.
  const coldMs = Math.ceil(readyMs + firstCallMs);
  const meanMs = coldShare * coldMs + (1 - coldShare) * Math.ceil(warmCallMs.p50);
  const gbSeconds = (memoryMb / MB_PER_GB) * (meanMs / MS_PER_SECOND);
  const secretReads = coldShare * (coldUpstream.aws - warmUpstream.aws);
  const lambda = calls * (gbSeconds * PER_GB_SECOND + PER_REQUEST);
  const services = calls * (secretReads * PER_SECRET_READ + warmUpstream.aws * PER_TABLE_WRITE);
  return { lambda, services, total: lambda + services };
}
