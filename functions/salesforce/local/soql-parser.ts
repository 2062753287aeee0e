import { malformed, soqlTokens, type Token } from './soql-tokens.ts';

export type Literal = { kind: 'text' | 'literal' | 'word'; value: string };
export type Condition =
  | { kind: 'and' | 'or'; conditions: Condition[] }
  | { kind: 'not'; condition: Condition }
  | { kind: 'comparison'; path: string; operator: string; literals: Literal[] };

export interface Query {
  paths: string[];
  /** Subqueries for child records, each with the name of a relationship in `from`. */
  children: Query[];
  from: string;
  where: Condition | undefined;
  orderBy: { path: string; isDescending: boolean }[];
  limit: number | undefined;
  offset: number;
}

const OPERATORS = new Set(['=', '!=', '<>', '<', '<=', '>', '>=']);

/** Parses a query of one object with SELECT, FROM, WHERE, ORDER BY, LIMIT and OFFSET. */
export function parseSoql(text: string): Query {
  return new Parser(soqlTokens(text)).query();
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    const query = this.#part();
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return query;
  }

  #part(): Query {
    this.#keyword('SELECT');
    const children: Query[] = [];
    const paths = this.#list(() => {
      if (!this.#takesSign('(')) return [this.#name()];
      children.push(this.#part());
      this.#sign(')');
      return [];
    }).flat();
    this.#keyword('FROM');
    const from = this.#name();
    const where = this.#takes('WHERE') ? this.#either() : undefined;
    const orderBy = this.#takes('ORDER') ? this.#orderBy() : [];
    const limit = this.#takes('LIMIT') ? this.#count() : undefined;
    const offset = this.#takes('OFFSET') ? this.#count() : 0;
    return { paths, children, from, where, orderBy, limit, offset };
  }

  #either(): Condition {
    const conditions = [this.#all()];
    while (this.#takes('OR')) conditions.push(this.#all());
    return { kind: 'or', conditions };
  }

  #all(): Condition {
    const conditions = [this.#condition()];
    while (this.#takes('AND')) conditions.push(this.#condition());
    return { kind: 'and', conditions };
  }

  #condition(): Condition {
    if (this.#takes('NOT')) return { kind: 'not', condition: this.#condition() };
    if (this.#takesSign('(')) {
      const condition = this.#either();
      this.#sign(')');
      return condition;
    }
    const path = this.#name();
    if (this.#takes('LIKE'))
      return { kind: 'comparison', path, operator: 'LIKE', literals: [this.#literal()] };
    if (this.#takes('IN')) return this.#oneOf(path);
    if (this.#takes('NOT')) {
      this.#keyword('IN');
      return { kind: 'not', condition: this.#oneOf(path) };
    }
    const operator = this.#next().value;
    if (!OPERATORS.has(operator)) throw malformed(`unexpected token: '${operator}'`);
    return { kind: 'comparison', path, operator, literals: [this.#literal()] };
  }

  #oneOf(path: string): Condition {
    this.#sign('(');
    const literals = this.#list(() => this.#literal());
    this.#sign(')');
    return { kind: 'comparison', path, operator: 'IN', literals };
  }

  #orderBy() {
    this.#keyword('BY');
    return this.#list(() => {
      const path = this.#name();
      const isDescending = this.#takes('DESC');
      if (!isDescending) this.#takes('ASC');
      if (this.#takes('NULLS') && !this.#takes('FIRST')) this.#keyword('LAST');
      return { path, isDescending };
    });
  }

  #list<Item>(read: () => Item): Item[] {
    const items = [read()];
    while (this.#takesSign(',')) items.push(read());
    return items;
  }

  #literal(): Literal {
    const { kind, value } = this.#next();
    if (kind === 'sign') throw malformed(`unexpected token: '${value}'`);
    return { kind, value };
  }

  #count(): number {
    const { kind, value } = this.#next();
    if (kind !== 'literal' || !/^\d+$/.test(value)) throw malformed(`unexpected token: '${value}'`);
    return Number(value);
  }

  #name(): string {
    const { kind, value } = this.#next();
    if (kind !== 'word') throw malformed(`unexpected token: '${value}'`);
    return value;
  }

  #keyword(word: string): void {
    if (!this.#takes(word)) throw this.#unexpected();
  }

  #sign(sign: string): void {
    if (!this.#takesSign(sign)) throw this.#unexpected();
  }

  #takes(word: string): boolean {
    const token = this.#tokens[this.#at];
    return this.#takesIf(token?.kind === 'word' && token.value.toUpperCase() === word);
  }

  #takesSign(sign: string): boolean {
    const token = this.#tokens[this.#at];
    return this.#takesIf(token?.kind === 'sign' && token.value === sign);
  }

  #takesIf(isIt: boolean): boolean {
    if (isIt) this.#at += 1;
    return isIt;
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw this.#unexpected();
    this.#at += 1;
    return token;
  }

  #unexpected() {
    return malformed(`unexpected token: '${this.#tokens[this.#at]?.value ?? '<EOF>'}'`);
  }
}
