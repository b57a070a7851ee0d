import { readPhoto } from '@/lib/requests';

const KEPT_SECONDS = 3_600;

/** A picture somebody sent with a request: whoever was told its unguessable name may see it, until it is over. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ key: string }> }): Promise<Response> {
  const photo = await readPhoto((await params).key);
  if (!photo) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(photo.bytes), {
    headers: {
      'content-type': photo.contentType,
      'cache-control': `private, max-age=${KEPT_SECONDS}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}
