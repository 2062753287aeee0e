import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import aws4 from 'aws4';

const SECRET_BYTES = 24;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=[^/,\s]+\/\d{8}\/([^/,\s]+)\/lambda\/aws4_request, *SignedHeaders=([\w;-]+), *Signature=([0-9a-f]{64})$/;

/** An AWS access key. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Creates an access key with a random secret. */
export function createAccessKey(): AccessKey {
  return { accessKeyId: 'local', secretAccessKey: randomBytes(SECRET_BYTES).toString('base64url') };
}

/**
 * Checks the signature of a request to Lambda, for any region.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @param body the complete body
 */
export function isSignedWith(key: AccessKey, request: IncomingMessage, body: Buffer): boolean {
  const { method = '', url: path = '', headers } = request;
  const [, region = '', signedNames = '', signature = ''] =
    AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  const date = headers['x-amz-date'];
  if (signature === '' || typeof date !== 'string') return false;
  const signedHeaders = Object.fromEntries(signedNames.split(';').map((name) => [name, headers[name] ?? '']));
  const signer = new aws4.RequestSigner(
    { method, path, headers: signedHeaders, body, service: 'lambda', region, doNotModifyHeaders: true },
    key,
  );
  signer.datetime = date;
  const expected = /Signature=([0-9a-f]{64})$/.exec(signer.authHeader())?.[1] ?? '';
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}
