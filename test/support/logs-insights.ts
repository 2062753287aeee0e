/** A log line as an object with the fields that Logs Insights finds in it. */
export type LogLine = Readonly<Record<string, unknown>>;
type Filter = (line: LogLine) => boolean;

const TOKEN = /\s*("[^"]*"|\/[^/]*\/|!=|>=|<=|[=<>(),[\]]|[@\w.]+)/y;
const COMPARISONS: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  '=': (one, other) => one === other,
  '!=': (one, other) => one !== other,
};

/**
 * Runs a query of CloudWatch Logs Insights. Supports only the parts of the language that the documents use: `filter`
 * with `and`, `or`, `not`, `in`, `like`, `ispresent`, `=` and `!=`; `fields`; `stats count(*) as … by …`; `sort`;
 * `limit`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 * @throws Error for anything else
 */
export function runQuery(query: string, lines: readonly LogLine[]): LogLine[] {
  return query
    .split(' | ')
    .reduce<LogLine[]>((rows, command) => runCommand(command.trim(), rows), [...lines]);
}

/** Returns the fields of the log lines that a query reads. */
export function fieldsOf(query: string): string[] {
  const read = new Set<string>();
  const spy: LogLine = new Proxy(
    {},
    {
      get(_, name) {
        read.add(String(name));
        return undefined;
      },
    },
  );
  for (const command of query.split(' | ').map((text) => text.trim())) {
    // Evaluates all parts of the filter, so that every field is read.
    if (command.startsWith('filter ')) parseFilter(command.slice('filter '.length), 'all')(spy);
    else runCommand(command, [spy, spy]);
  }
  for (const [, name = ''] of query.matchAll(/ as (\w+) /g)) read.delete(name);
  return [...read];
}

function runCommand(command: string, rows: LogLine[]): LogLine[] {
  const [, verb = '', rest = ''] = /^(\w+) (.+)$/s.exec(command) ?? [];
  if (verb === 'filter') return rows.filter(parseFilter(rest));
  if (verb === 'fields') return rows.map((row) => picked(row, rest.split(', ')));
  if (verb === 'limit') return rows.slice(0, Number(rest));
  if (verb === 'sort') return sorted(rows, rest);
  if (verb === 'stats') return counted(rows, rest);
  throw new Error(`This command is not known: ${command}`);
}

function picked(row: LogLine, names: readonly string[]): LogLine {
  const fields: [string, unknown][] = names.map((name) => [name, row[name]]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function sorted(rows: readonly LogLine[], rest: string): LogLine[] {
  const [, name = '', order] = /^([@\w.]+)(?: (asc|desc))?$/.exec(rest) ?? [];
  if (!name) throw new Error(`This order is not known: ${rest}`);
  const ascending = rows.toSorted((one, other) => {
    const [a, b] = [one[name], other[name]];
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a).localeCompare(String(b));
  });
  return order === 'desc' ? ascending.reverse() : ascending;
}

function counted(rows: readonly LogLine[], rest: string): LogLine[] {
  const [, name = 'count(*)', by = ''] = /^count\(\*\)(?: as (\w+))? by (.+)$/.exec(rest) ?? [];
  if (!by) throw new Error(`These statistics are not known: ${rest}`);
  const names = by.split(', ');
  const groups = Map.groupBy(rows, (row) => JSON.stringify(names.map((field) => row[field])));
  return [...groups.values()].map((group) => ({ ...picked(group[0] ?? {}, names), [name]: group.length }));
}

/**
 * @param evaluated with `all`, the filter evaluates both sides of each `and` and `or`; with `needed`, it stops as
 * soon as the result is known
 */
function parseFilter(text: string, evaluated: 'needed' | 'all' = 'needed'): Filter {
  const tokens = tokensOf(text);
  const filter = alternatives();
  if (tokens.length > 0) throw new Error(`This filter is not understood: ${text}`);
  return filter;

  function alternatives(): Filter {
    return joined('or', () => joined('and', negation));
  }

  function joined(word: 'and' | 'or', next: () => Filter): Filter {
    const parts = [next()];
    while (tokens[0] === word) {
      tokens.shift();
      parts.push(next());
    }
    return (line) => {
      if (evaluated === 'all') for (const part of parts) part(line);
      return word === 'and' ? parts.every((part) => part(line)) : parts.some((part) => part(line));
    };
  }

  function negation(): Filter {
    if (tokens[0] !== 'not') return condition();
    tokens.shift();
    const inner = negation();
    return (line) => !inner(line);
  }

  function condition(): Filter {
    const name = take();
    if (name === 'ispresent') {
      take('(');
      const field = take();
      take(')');
      return (line) => line[field] !== undefined;
    }
    const operator = take();
    if (operator === 'not') {
      take('like');
      const pattern = expression(take());
      return (line) => !pattern.test(String(line[name]));
    }
    if (operator === 'in') {
      const values = list();
      return (line) => values.includes(comparable(line[name]));
    }
    const compare = COMPARISONS[operator];
    if (!compare) throw new Error(`This operator is not known: ${operator}`);
    const value = literal(take());
    return (line) => compare(comparable(line[name]), value);
  }

  function list(): unknown[] {
    take('[');
    const values = [literal(take())];
    while (tokens[0] === ',') {
      tokens.shift();
      values.push(literal(take()));
    }
    take(']');
    return values;
  }

  function take(expected?: string): string {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`This filter is not understood: ${text}`);
    return token;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) tokens.push(match[1] ?? '');
  if (tokens.join('').length !== text.replaceAll(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '').length)
    throw new Error(`This filter is not understood: ${text}`);
  return tokens;
}

/** Logs Insights has only numbers and texts, and reads `true` in a JSON line as 1. */
function comparable(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}

function literal(token: string): unknown {
  return token.startsWith('"') ? token.slice(1, -1) : Number(token);
}

function expression(token: string): RegExp {
  return new RegExp(token.slice(1, -1));
}
