import { cookies } from 'next/headers';
import { cache } from 'react';
import { currentSession, SESSION_COOKIE } from '@/lib/identity';

/** Who is signed in at this browser, asked once a render. */
export const currentPerson = cache(async () => currentSession((await cookies()).get(SESSION_COOKIE)?.value));
