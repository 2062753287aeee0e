/** Wraps a function so that its errors are ignored: no call fails because a log line or a metric cannot be written. */
export function contained<Parameters extends unknown[]>(
  report: (...parameters: Parameters) => unknown,
): (...parameters: Parameters) => void {
  return (...parameters) => {
    // Runs at once. If the function is asynchronous, its rejection must not end the process either.
    (async () => report(...parameters))().catch(() => undefined);
  };
}
