import { generateKeyPairSync, sign } from 'node:crypto';

const DAY_MS = 24 * 60 * 60 * 1000;
// https://www.itu.int/rec/T-REC-X.690
const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  version: 0xa0,
  extensions: 0xa3,
};
const OBJECT_IDENTIFIERS = {
  commonName: '550403',
  subjectAlternativeName: '551d11',
  ecdsaWithSha256: '2a8648ce3d040302',
};

/**
 * Returns a self-signed certificate for a host, and its key, for `createServer` of `node:https`. It is valid until
 * tomorrow.
 * https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function selfSigned(host: string): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der('sequence', identifier('ecdsaWithSha256'));
  const commonName = der('sequence', identifier('commonName'), der('utf8String', Buffer.from(host)));
  const name = der('sequence', der('set', commonName));
  const hosts = der('sequence', der('dnsName', Buffer.from(host)));
  const alternativeName = der('sequence', identifier('subjectAlternativeName'), der('octetString', hosts));
  const content = der(
    'sequence',
    der('version', der('integer', Buffer.of(2))),
    der('integer', Buffer.of(1)),
    algorithm,
    name,
    der('sequence', time(-DAY_MS), time(DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der('extensions', der('sequence', alternativeName)),
  );
  const signature = der('bitString', Buffer.of(0), sign('sha256', content, privateKey));
  const certificate = der('sequence', content, algorithm, signature).toString('base64');
  const lines = certificate.replace(/.{1,64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

function der(tag: keyof typeof TAG, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const lengthBytes = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([TAG[tag], ...lengthBytes]), content]);
}

function identifier(name: keyof typeof OBJECT_IDENTIFIERS): Buffer {
  return der('objectIdentifier', Buffer.from(OBJECT_IDENTIFIERS[name], 'hex'));
}

function time(fromNowMs: number): Buffer {
  const text = new Date(Date.now() + fromNowMs).toISOString();
  return der('utcTime', Buffer.from(text.replace(/^\d\d|\.\d+|[-:T]/g, '')));
}
