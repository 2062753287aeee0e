// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};
// Names with dots between them, times, numbers, and sort orders.
const SYNTAX = /^[\w.:, -]+$/;

/** A part of a query that is inserted without quotes. */
class Syntax {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Builds a query. Each inserted text becomes one quoted literal, and a list of texts becomes a list of literals, as in
 * soql`SELECT Id FROM Contact WHERE Name = ${name} AND OwnerId IN ${owners}`. REST has no other way to bind values.
 */
export function soql(
  strings: TemplateStringsArray,
  ...values: (string | readonly string[] | Syntax)[]
): string {
  const inserted = values.map((value) => {
    if (value instanceof Syntax) return value.text;
    return typeof value === 'string' ? literal(value) : `(${value.map(literal).join(',')})`;
  });
  return String.raw({ raw: strings }, ...inserted);
}

/**
 * Marks API names, a time or a number, so that {@link soql} inserts the text without quotes.
 * @throws Error if the text contains a character that could end a clause; the callers pass only validated
 * inputs
 */
export function syntax(text: string): Syntax {
  if (!SYNTAX.test(text)) throw new Error('Only names, times and numbers can be part of a query.');
  return new Syntax(text);
}

/**
 * Marks a part of a query, so that {@link soql} inserts it into another query unchanged.
 * @param built a result of {@link soql}
 */
export function clause(built: string): Syntax {
  return new Syntax(built);
}

/** Returns the operand of LIKE for {@link soql} that finds a text anywhere in a field. */
export function containing(text: string): Syntax {
  return new Syntax(`'%${escaped(text).replace(/[%_]/g, '\\$&')}%'`);
}

function literal(value: string): string {
  return `'${escaped(value)}'`;
}

function escaped(value: string): string {
  return value.replace(/[\\'"\n\r\t\b\f]/g, (character) => ESCAPED[character] ?? '');
}
