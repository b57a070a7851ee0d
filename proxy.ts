import { NextResponse, type NextRequest } from 'next/server';
import { addressOf, internalPath, isLocale, unprefixedLocale } from '@/lib/kernel';

const STRIPE_SCRIPTS = 'https://js.stripe.com';
const STRIPE_CONNECT = 'https://connect-js.stripe.com';
const isDevelopment = process.env['NODE_ENV'] === 'development';

const takesStripe = (): boolean => Boolean(process.env['STRIPE_SECRET_KEY']);

type Needs = { readonly readsCodes: boolean; readonly showsProviderForm: boolean };

/**
 * What a page may load. Scripts need the nonce of this very answer; inline style attributes carry only awning colours and bar widths. Where the
 * payment provider's form stands in a page, what Stripe documents for it is let in besides, but the hash for its style: a hash would
 * take back `unsafe-inline`.
 */
function contentSecurityPolicy(nonce: string, { readsCodes, showsProviderForm }: Needs): string {
  const stripe = takesStripe() ? ` ${STRIPE_SCRIPTS}` : '';
  const form = showsProviderForm ? ` ${STRIPE_CONNECT}` : '';
  const stripeFrames = stripe === '' ? "'none'" : `${STRIPE_SCRIPTS} https://hooks.stripe.com${form}`;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${readsCodes ? " 'wasm-unsafe-eval'" : ''}${isDevelopment ? " 'unsafe-eval'" : ''}${stripe}${form}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:${showsProviderForm ? ' https://*.stripe.com' : ''}`,
    "font-src 'self'",
    `connect-src 'self'${stripe === '' ? '' : ' https://api.stripe.com'}${form}${isDevelopment ? ' ws:' : ''}`,
    `frame-src ${stripeFrames}`,
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
  ].join('; ');
}

const fixedHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(self)',
};

/** The one page that may run WebAssembly: it reads bar codes where the browser cannot. */
const scanPage = /^\/merchant\/[^/]+\/stock\/scan$/;

/** The two pages an owner fills the payment provider's form in, and only when it is asked for there. */
const accountPage = /^\/merchant\/(start|[^/]+\/payouts)$/;

function needsOf({ pathname, searchParams }: Pick<URL, 'pathname' | 'searchParams'>): Needs {
  return {
    readsCodes: scanPage.test(pathname),
    showsProviderForm: takesStripe() && accountPage.test(pathname) && searchParams.get('account') === 'open',
  };
}

/** Desks and machines keep their fixed addresses: no language in the path. */
const fixedRooms = new Set(['merchant', 'admin', 'api']);

const plausibleRequestId = /^[\w-]{8,64}$/;

/** Where an address is rendered. What is no address of ours goes to a path that answers 404 in the language asked. */
function renderedAt(pathname: string): string {
  let decoded: string;
  try {
    decoded = decodeURI(pathname);
  } catch {
    return `/${unprefixedLocale}/-`;
  }
  const address = addressOf(decoded);
  if (address) return internalPath(address);
  const first = decoded.split('/')[1];
  return `/${isLocale(first) ? first : unprefixedLocale}/-`;
}

/** Gives every request an id and a nonce, and turns public addresses into the folders that render them. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const needs = needsOf(request.nextUrl);
  const policy = contentSecurityPolicy(nonce, needs);
  const given = request.headers.get('x-request-id');
  const requestId = given !== null && plausibleRequestId.test(given) ? given : crypto.randomUUID();

  const headers = new Headers(request.headers);
  headers.set('x-request-id', requestId);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set('x-pathname', request.nextUrl.pathname);

  const room = request.nextUrl.pathname.split('/')[1] ?? '';
  const response = fixedRooms.has(room)
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL(`${renderedAt(request.nextUrl.pathname)}${request.nextUrl.search}`, request.url), {
        request: { headers },
      });

  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  for (const [name, value] of Object.entries(fixedHeaders)) response.headers.set(name, value);
  // Stripe signs people in by a window of its own that must find this one.
  if (needs.showsProviderForm) response.headers.set('cross-origin-opener-policy', 'unsafe-none');
  return response;
}

export const config = {
  // Files (anything with a dot) and Next's own assets have nothing to translate; the public API sets its own headers.
  matcher: ['/((?!_next/|api/v1/|api/floor|.*\\.[a-z0-9]{2,12}$).*)'],
};
