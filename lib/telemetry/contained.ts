/** The same function, whose failures stay in it: no call fails because its log line or its metrics cannot be written. */
export function contained<Parameters extends unknown[]>(
  report: (...parameters: Parameters) => unknown,
): (...parameters: Parameters) => void {
  return (...parameters) => {
    // Runs at once. One that turns out to be asynchronous must not end the process by a rejection either.
    (async () => report(...parameters))().catch(() => undefined);
  };
}
