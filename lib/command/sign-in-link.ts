import { createSignInLink } from '@/lib/identity';
import { closeDatabase } from '@/lib/platform/database';
import { env } from '@/lib/platform/env';
import { readBaseUrl, readOptions } from './arguments';
import type { Command } from './command';
import { UsageError, say, sayJson } from './command';

export const signInLink: Command = {
  summary: 'Prints a link that signs somebody in with one click, once.',
  usage: [
    'Usage: npm run --silent halles -- sign-in-link EMAIL [--to /merchant] [--base-url URL] [--json]',
    '',
    '  EMAIL        the address of the account; an account is made at the first sign-in',
    '  --to         where to go afterwards (a path of this site, "/" by default)',
    '  --base-url   the public address (NEXTAUTH_URL by default)',
    '',
    'Whoever can run this can be anybody: keep the machine closed.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { to: 'text', 'base-url': 'text', json: 'switch' }, 1);
    const email = options.words[0] ?? '';
    if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new UsageError(`EMAIL must be an e-mail address, not "${email}".`);
    const callbackPath = options.text('to') ?? '/';
    if (!callbackPath.startsWith('/')) throw new UsageError(`--to must be a path of this site such as /merchant, not "${callbackPath}".`);
    const baseUrl = readBaseUrl(options.text('base-url') ?? env().baseUrl);
    const url = await createSignInLink({ email, callbackPath, baseUrl });
    await closeDatabase();
    if (options.has('json')) sayJson({ url });
    else say(url);
    return 0;
  },
};
