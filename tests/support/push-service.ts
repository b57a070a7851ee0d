import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import webPush from 'web-push';

/** The city's own key pair, made for a test. */
export const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:ville@example.org' };

export type HeardPush = {
  readonly device: string;
  readonly headers: IncomingHttpHeaders;
  readonly words: { readonly title: string; readonly body: string; readonly path: string; readonly tag: string };
};

const hmac = (key: Buffer, ...pieces: readonly Buffer[]) => createHmac('sha256', key).update(Buffer.concat(pieces)).digest();

/**
 * A browser's push service with its browsers, on a port of its own: it judges the city's signature (RFC 8292) as a real one does, and opens what is
 * sealed for a browser with the key only that browser has (RFC 8291, RFC 8188). What cannot be judged or opened is answered with 400 or 403.
 */
export async function pushService() {
  const heard: HeardPush[] = [];
  const wrong: string[] = [];
  const browsers = new Map<string, { readonly keys: ReturnType<typeof createECDH>; readonly secret: Buffer }>();
  let answers: Readonly<Record<string, number>> = {};
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const device = (request.url ?? '').slice(1);
      const refused = answers[device];
      const browser = browsers.get(device);
      if (refused !== undefined || !browser) return response.writeHead(refused ?? 404).end();
      try {
        judge(request.headers, `http://${request.headers.host ?? ''}`);
        heard.push({ device, headers: request.headers, words: JSON.parse(open(Buffer.concat(pieces), browser)) });
        return response.writeHead(201).end();
      } catch (error) {
        wrong.push(String(error));
        return response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    heard,
    wrong,
    /** A browser subscribes: what its page would post to the shop. */
    subscribe: (device: string) => {
      const keys = createECDH('prime256v1');
      const secret = randomBytes(16);
      const publicKey = keys.generateKeys().toString('base64url');
      browsers.set(device, { keys, secret });
      return { endpoint: `http://127.0.0.1:${port}/${device}`, publicKey, secret: secret.toString('base64url'), label: 'Firefox, Linux' };
    },
    answer: (by: Readonly<Record<string, number>>) => (answers = by),
    stop: () => server.close(),
  };
}

/** The signature is the city's, for this very service, and not for long. */
function judge({ authorization = '', 'content-encoding': encoding }: IncomingHttpHeaders, origin: string): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (!isSigned || key !== vapid.publicKey) throw new Error('not signed by the city');
  if (aud !== origin || sub !== vapid.subject || exp * 1_000 > Date.now() + 86_400_000) throw new Error(`claims ${aud} ${sub} ${exp}`);
  if (encoding !== 'aes128gcm') throw new Error(`sealed as ${encoding}`);
}

function open(sealed: Buffer, { keys, secret }: { readonly keys: ReturnType<typeof createECDH>; readonly secret: Buffer }): string {
  const salt = sealed.subarray(0, 16);
  const sender = sealed.subarray(21, 21 + sealed.readUInt8(20));
  const record = sealed.subarray(21 + sender.length);
  const shared = keys.computeSecret(sender);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender, Buffer.from([1])]);
  const material = hmac(hmac(secret, shared), info);
  const root = hmac(salt, material);
  const key = hmac(root, Buffer.from('Content-Encoding: aes128gcm\0\u0001', 'latin1')).subarray(0, 16);
  const nonce = hmac(root, Buffer.from('Content-Encoding: nonce\0\u0001', 'latin1')).subarray(0, 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}
