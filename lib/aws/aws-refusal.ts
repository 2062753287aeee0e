/** An error that an AWS service returned. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  /** The name of the error, such as `ConditionalCheckFailedException`; empty if it has none. */
  readonly code: string;
  /** The whole error. Its message may name accounts and roles, so it is never shown or logged. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const { __type: type }: { __type?: unknown } = Object(body);
    // With or without a namespace and a URL: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
    const [, code = ''] = /(?:^|#)(\w{1,100})(?::http.*)?$/.exec(typeof type === 'string' ? type : '') ?? [];
    super(`AWS answers ${status} ${code}`.trim());
    this.code = code;
    this.body = body;
  }
}
