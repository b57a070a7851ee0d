import { readSignedToken, signedToken } from '@/lib/platform/signed-token';

const PURPOSE = 'return pass';

/** What the return pass's link and its QR carry: it opens that return and nothing else of the order. */
export function returnTokenOf(number: string): string {
  return signedToken(PURPOSE, number);
}

/** The number of a return when the token is one of ours; a pickup pass opens no return. */
export function readReturnToken(text: string): string | undefined {
  const number = readSignedToken(PURPOSE, text);
  return number !== undefined && /^R-\d{1,12}$/.test(number) ? number : undefined;
}
