import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { OpenApiOperation } from './operations.ts';

interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

type AnswerFaults = (operation: OpenApiOperation, answer: Answer) => string[];

const PROBE = 'openapi.json';
const SERVER_ERROR = 500;

/**
 * Returns a function that checks responses against an OpenAPI document. Every server error counts as a fault,
 * including an error that the document contains.
 */
export function answerFaultsOf(document: object): AnswerFaults {
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  formats.default(ajv);
  ajv.addSchema(document, PROBE);
  const validators = new Map<string, ValidateFunction>();
  const breaks = (pointer: string, value: unknown): boolean => {
    const known = validators.get(pointer) ?? ajv.compile({ $ref: `${PROBE}#${encodeURI(pointer)}` });
    validators.set(pointer, known);
    return !known(value);
  };

  return ({ responses }, { status, headers, text }) => {
    const documented = responses.get(String(status));
    if (!documented) return [`${status} is not documented`];
    const serverError = status >= SERVER_ERROR ? [`${status} ${codeOf(text)}`] : [];
    const type = headers.get('content-type')?.split(';')[0] ?? 'none';
    if (type !== 'application/json') return [...serverError, `${status} has the content type ${type}`];
    const value = parsed(text);
    if (value === undefined) return [...serverError, `${status} is not JSON`];
    const invalid = documented.body !== undefined && breaks(documented.body, value);
    const invalidHeaders = [...documented.headers].filter(([name, pointer]) => {
      const header = headers.get(name);
      return header !== null && breaks(pointer, header) && breaks(pointer, Number(header));
    });
    return [
      ...serverError,
      ...(invalid ? [`${status} breaks its schema`] : []),
      ...invalidHeaders.map(([name]) => `${status} has an invalid ${name}`),
    ];
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(text: string): string {
  return /"code":"(\w+)"/.exec(text)?.[1] ?? '';
}
