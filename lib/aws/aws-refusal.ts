/** What a service of AWS said in place of an answer. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  /** The name of its error, such as `ConditionalCheckFailedException`; empty where it gives none. */
  readonly code: string;
  /** What else it says. Its message may tell of accounts and roles, and goes nowhere. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const { __type: type }: { __type?: unknown } = Object(body);
    // With or without a namespace and an address: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
    const [, code = ''] = /(?:^|#)(\w{1,100})(?::http.*)?$/.exec(typeof type === 'string' ? type : '') ?? [];
    super(`AWS answers ${status} ${code}`.trim());
    this.code = code;
    this.body = body;
  }
}
