import { faienceSvg } from '@/components/commerce/faience/faience-svg';

const NAME = /^([\w-]{1,64})\.svg$/;

/** A product's tile. Pure of its address, so every cache may keep it for ever. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ family: string; glyph: string; name: string }> },
): Promise<Response> {
  const { family, glyph, name } = await params;
  const seed = NAME.exec(name)?.[1];
  if (seed === undefined) return new Response(null, { status: 404 });
  return new Response(faienceSvg({ seed, family, glyph }), {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    },
  });
}
