import { readSignedToken, signedToken } from '@/lib/platform/signed-token';

const PURPOSE = 'pickup pass';

/**
 * What the pass's link and its QR carry: the sub-order's number and our signature. It opens the pass of that part and nothing else, so it
 * may be given to a friend who fetches it; a number alone opens nothing.
 */
export function passTokenOf(subOrderNumber: string): string {
  return signedToken(PURPOSE, subOrderNumber);
}

/** The sub-order's number when the token is one of ours. */
export function readPassToken(text: string): string | undefined {
  const number = readSignedToken(PURPOSE, text);
  return number !== undefined && /^H-\d{1,12}-\d{1,3}$/.test(number) ? number : undefined;
}
