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

/**
 * Builds a query in which every inserted text is one quoted literal, and a list of texts a list of them:
 * soql`SELECT Id FROM Contact WHERE Name = ${name} AND OwnerId IN ${owners}`. There is no other way to bind values over REST.
 */
export function soql(strings: TemplateStringsArray, ...values: (string | readonly string[])[]): string {
  const literals = values.map((value) =>
    typeof value === 'string' ? literal(value) : `(${value.map(literal).join(',')})`,
  );
  return String.raw({ raw: strings }, ...literals);
}

function literal(value: string): string {
  return `'${value.replace(/[\\'"\n\r\t\b\f]/g, (character) => ESCAPED[character] ?? '')}'`;
}
