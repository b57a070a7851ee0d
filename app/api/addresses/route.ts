import type { NextRequest } from 'next/server';
import { z } from 'zod';
import { suggestAddresses } from '@/lib/checkout';

const asked = z.string().trim().min(3).max(120);
const MOST = 6;

/** Addresses of the city that look like `q`, for the field of the delivery. Public open data: nothing of the shopper is kept or told. */
export async function GET(request: NextRequest): Promise<Response> {
  const words = asked.safeParse(request.nextUrl.searchParams.get('q'));
  const found = words.success ? await suggestAddresses(words.data, MOST) : [];
  return Response.json(
    found.map((one) => one.label),
    { headers: { 'cache-control': 'private, max-age=300' } },
  );
}
