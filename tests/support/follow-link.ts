import NextAuth from 'next-auth';
import { authOptions, SESSION_COOKIE } from '@/lib/identity';
import { env } from '@/lib/platform/env';

type Answer = { status: number; location: string | undefined; sealed: string | undefined };

/** Follows a link as next-auth's handler does, without a web server: status, where it leads, and the cookie it sets. */
export async function follow(link: string, locale: 'fr' | 'en' = 'fr'): Promise<Answer> {
  process.env['NEXTAUTH_URL'] = env().baseUrl;
  const url = new URL(link);
  const answer: Answer = { status: 200, location: undefined, sealed: undefined };
  const response = {
    status(code: number) {
      answer.status = code;
      return response;
    },
    getHeader: () => [],
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === 'location') answer.location = String(value);
      const sealed = new RegExp(`${SESSION_COOKIE}=([^;]+)`).exec([value].flat().join('\n'))?.[1];
      if (name.toLowerCase() === 'set-cookie' && sealed) answer.sealed = sealed;
      return response;
    },
    end: () => response,
    json: () => response,
    send: () => response,
  };
  const query = { nextauth: ['callback', 'email'], ...Object.fromEntries(url.searchParams) };
  await NextAuth({ query, cookies: {}, headers: {}, method: 'GET', body: {} } as never, response as never, authOptions(locale, 'test'));
  return answer;
}
