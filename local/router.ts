export interface FoundRoute<Target> {
  target: Target;
  /** The values of the variables in the path, decoded. Empty if the path has no variables. */
  pathParameters: Record<string, string>;
}

interface ParsedRoute<Target> {
  target: Target;
  method: string;
  pattern: RegExp;
  variables: readonly { name: string; isGreedy: boolean }[];
}

/**
 * Finds the route of a request, in every local server. Routes are written as in API Gateway, for example `GET
 * /things/{thing}`. A variable matches one segment of the path, or the rest of a segment. `{path+}` matches
 * the rest of the path. The method `ANY` matches every method. Routes with fewer variables are tried first,
 * and routes with `{path+}` last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class Router<Target> {
  readonly #routes: readonly ParsedRoute<Target>[];

  /** @param routes pairs of a route such as `GET /things/{thing}` and its target */
  constructor(routes: Iterable<readonly [string, Target]>) {
    this.#routes = Array.from(routes, ([key, target]) => parseRoute(key, target)).sort(
      (one, other) => generality(one) - generality(other),
    );
  }

  /**
   * @param pathname the path without the query, encoded
   * @returns undefined if no route matches, or if a segment for a variable is not valid URL encoding
   */
  find(method: string | undefined, pathname: string): FoundRoute<Target> | undefined {
    for (const route of this.#routes) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const pathParameters = match(route, pathname);
      if (pathParameters) return { target: route.target, pathParameters };
    }
    return undefined;
  }

  /** Returns whether any method has a route with this path. */
  hasPath(pathname: string): boolean {
    return this.#routes.some((route) => match(route, pathname));
  }
}

function parseRoute<Target>(key: string, target: Target): ParsedRoute<Target> {
  const [method = '', path = ''] = key.split(' ');
  const variables: { name: string; isGreedy: boolean }[] = [];
  const source = path
    .split(/(\{[\w-]+\+?\})/)
    .map((part) => {
      const [, name, plus] = /^\{([\w-]+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      variables.push({ name, isGreedy: plus === '+' });
      return plus === '+' ? '(.+)' : '([^/]+)';
    })
    .join('');
  return { target, method, pattern: new RegExp(`^${source}$`), variables };
}

function generality({ variables }: ParsedRoute<unknown>): number {
  const isGreedy = variables.some((variable) => variable.isGreedy);
  return isGreedy ? Number.MAX_SAFE_INTEGER : variables.length;
}

function match(
  { pattern, variables }: ParsedRoute<unknown>,
  pathname: string,
): Record<string, string> | undefined {
  const found = pattern.exec(pathname);
  if (!found) return undefined;
  const [, ...values] = found;
  const parameters: Record<string, string> = {};
  for (const [index, { name, isGreedy }] of variables.entries()) {
    const value = values[index] ?? '';
    // The value of `{path+}` is not decoded, because a proxy must pass it on unchanged.
    const decoded = isGreedy ? value : decode(value);
    if (decoded === undefined) return undefined;
    parameters[name] = decoded;
  }
  return parameters;
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
