import * as z from 'zod';

export interface GatewayAnswer {
  statusCode: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

const AnswerSchema = z.object({
  statusCode: z.int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
  cookies: z.array(z.string()).nullish(),
});

/** Headers that the local server sets itself, so the function cannot set them. */
const CONNECTION_HEADERS = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

/** Converts a function's response in the same way as API Gateway. Returns undefined if the response is not valid. */
export function gatewayAnswer(answerJson: string): GatewayAnswer | undefined {
  const value: unknown = JSON.parse(answerJson);
  const hasStatusCode = typeof value === 'object' && value !== null && 'statusCode' in value;
  if (!hasStatusCode)
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(answerJson),
    };
  const parsed = AnswerSchema.safeParse(value);
  if (!parsed.success) {
    console.error(`The function's answer is not valid: ${z.prettifyError(parsed.error)}`);
    return undefined;
  }
  const { statusCode, headers, body, isBase64Encoded, cookies } = parsed.data;
  const ownHeaders = Object.entries(headers ?? {})
    .map(([name, text]): [string, string] => [name.toLowerCase(), text])
    .filter(([name]) => !CONNECTION_HEADERS.has(name));
  return {
    statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(ownHeaders),
      ...(cookies && cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export function messageAnswer(
  statusCode: number,
  message: string,
  headers: Record<string, string> = {},
): GatewayAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify({ message })),
  };
}
