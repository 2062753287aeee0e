import { useCallback, useEffect, useState } from 'preact/hooks';
import { failureText, readJson } from './console-requests.ts';

export interface Resource<Value> {
  /** The last value. It stays until a newer value arrives, even if the request fails. */
  value: Value | null;
  /** Why the last request failed. */
  failure: string | null;
  /** Replaces the value with the response of another request. */
  replace(value: Value): void;
}

/**
 * Reads a value from the server, and reads it again whenever `version` changes.
 * @param path null if there is nothing to read
 */
export function useResource<Value>(path: string | null, version: number): Resource<Value> {
  const [read, setRead] = useState<{ path: string; value: Value } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    if (path === null) return undefined;
    const abort = new AbortController();
    readJson<Value>('GET', path, { signal: abort.signal }).then(
      (value) => {
        setRead({ path, value });
        setFailure(null);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setFailure(failureText(error));
      },
    );
    return () => abort.abort();
  }, [path, version]);

  const replace = useCallback((value: Value) => setRead({ path: path ?? '', value }), [path]);
  const isOfPath = read?.path === path;
  return { value: isOfPath ? (read?.value ?? null) : null, failure, replace };
}
