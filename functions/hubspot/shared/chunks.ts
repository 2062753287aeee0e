// The most records that HubSpot reads at once.
const BATCH_SIZE_MAX = 100;

/** Splits a list into parts that one request can take. */
export function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH_SIZE_MAX) }, (_, index) =>
    items.slice(index * BATCH_SIZE_MAX, (index + 1) * BATCH_SIZE_MAX),
  );
}
