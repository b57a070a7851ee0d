import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are nobody's business but the machine's own: RFC 6890 and its kin. */
const privateNetworks = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv6');

/** All that IPv6 has given out to be reached from everywhere; what lies outside, with whatever IPv4 address inside, is no public address. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Is this an address of the public internet? An IPv4 address written as IPv6 counts as what it is. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const version = isIP(plain);
  if (version === 4) return !privateNetworks.check(plain, 'ipv4');
  return version === 6 && globalUnicast.check(plain, 'ipv6') && !privateNetworks.check(plain, 'ipv6');
}

/** What a webhook may be sent to: HTTPS without a password in it; for tests also private and plain ones. */
export function isWebhookUrl(text: string, allowPrivate: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  if (allowPrivate) return url.protocol === 'https:' || url.protocol === 'http:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return url.protocol === 'https:' && (isIP(host) === 0 ? host.includes('.') : isPublicAddress(host));
}

/** The one address a name leads to now, if every one of its addresses is public: the call goes there, whatever the name says a moment later. */
export async function publicAddressOf(hostname: string): Promise<string | undefined> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.length > 0 && found.every(({ address }) => isPublicAddress(address)) ? found[0]?.address : undefined;
}

/** For a call that goes to this one address, whatever the name of its host says meanwhile. */
export const onlyTo =
  (address: string): LookupFunction =>
  (_name, options, found) =>
    options.all ? found(null, [{ address, family: isIP(address) }]) : found(null, address, isIP(address));
