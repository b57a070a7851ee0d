import { readPicture } from '@/lib/pictures';

const A_YEAR = 31_536_000;

/** A picture of a product: what is kept under a key never changes. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ key: string }> }): Promise<Response> {
  const picture = await readPicture((await params).key);
  if (!picture) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(picture.bytes), {
    headers: {
      'content-type': picture.contentType,
      'cache-control': `public, max-age=${A_YEAR}, immutable`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}
