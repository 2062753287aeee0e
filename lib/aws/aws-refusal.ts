/** An error that an AWS service returned. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  /** The name of its error, such as `ConditionalCheckFailedException`; empty if it has none. */
  readonly code: string;
  /** The rest of the error. Its message may name accounts and roles, so it is never shown or logged. */
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
