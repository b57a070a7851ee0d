import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { keptAuthSecret, recordDatabaseUrl } from '@/lib/platform/data-folder';
import { readEnv, requireDatabaseUrl } from '@/lib/platform/env';
import { errorFacts } from '@/lib/platform/log';
import { proxy } from '@/proxy';
import { root, textOf } from '../../support/source-files';

const folder = mkdtempSync(join(tmpdir(), 'halles-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const complaint = (source: Record<string, string>): string => {
  try {
    readEnv(source);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('the environment', () => {
  test('may be empty: everything has a default that contacts nobody', () => {
    const env = readEnv({ HALLES_FOLDER: folder });
    expect(env).toMatchObject({
      port: 3000,
      baseUrl: 'http://localhost:3000',
      stripe: undefined,
      meili: undefined,
      smtpUrl: undefined,
      receptionId: undefined,
      s3: undefined,
    });
    expect(env.databaseUrl).toBeUndefined();
    expect(() => requireDatabaseUrl(env)).toThrow('npm run demo');
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT must be a whole number from 1 to 65535.'],
    [{ PORT: '70000' }, 'PORT must be a whole number from 1 to 65535.'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be a URL such as postgresql://user:password@host:5432/halles.'],
    [{ NEXTAUTH_URL: 'halles.example.org' }, 'NEXTAUTH_URL must be a URL such as https://halles.example.org.'],
    [{ AUTH_SECRET: 'short' }, 'AUTH_SECRET must have at least 32 characters.'],
    [
      { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_PUBLISHABLE_KEY: 'pk_test_1' },
      'STRIPE_SECRET_KEY is set, so STRIPE_WEBHOOK_SECRET must be set too.',
    ],
    [
      { PORT: 'x', SMTP_URL: 'y' },
      'PORT must be a whole number from 1 to 65535.\nSMTP_URL must be a URL such as smtps://user:password@mail.example.org:465.',
    ],
    [{ HALLES_CLOCK: 'tomorrow' }, 'HALLES_CLOCK must be a moment such as 2026-11-24T14:05:00+01:00.'],
  ])('says one clear sentence per bad variable: %j', (source, sentence) => {
    expect(complaint(source)).toBe(sentence);
  });

  test('the time stands still only where nobody can believe a promise or pay', () => {
    const moment = { HALLES_CLOCK: '2026-11-24T14:05:00+01:00' };
    const test = { DATABASE_URL: 'postgresql://halles@127.0.0.1:5432/halles_test_pictures' };
    expect(readEnv({ ...moment, ...test }).stoppedAt).toBe(Date.UTC(2026, 10, 24, 13, 5));
    expect(readEnv(test).stoppedAt).toBeUndefined();
    const stripe = { STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_PUBLISHABLE_KEY: 'pk_live_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' };
    for (const earnest of [{}, { DATABASE_URL: 'postgresql://halles@db.example.org/halles' }, { ...test, ...stripe }])
      expect(complaint({ ...moment, ...earnest }), JSON.stringify(earnest)).toContain('HALLES_CLOCK stops the time');
  });

  test('never repeats a secret', () => {
    expect(complaint({ STRIPE_SECRET_KEY: 'hush', AUTH_SECRET: 'hush-hush' })).not.toContain('hush');
  });

  test('an empty variable counts as not set', () => {
    expect(readEnv({ STRIPE_SECRET_KEY: '', PORT: '' }).port).toBe(3000);
  });

  test('.env.example names only variables that are read, and is itself a good environment', () => {
    const names = [...textOf('.env.example').matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');
    const source = readFileSync(join(root, 'lib/platform/env.ts'), 'utf8');
    expect(names.filter((name) => !source.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(10);
  });
});

describe('the data folder', () => {
  test('keeps one secret, readable by its owner only', () => {
    const first = keptAuthSecret(folder);
    expect(keptAuthSecret(folder)).toBe(first);
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(folder, 'auth-secret')).mode & 0o077).toBe(0);
  });

  test('remembers the embedded database for the other processes', () => {
    recordDatabaseUrl(folder, 'postgresql://halles@127.0.0.1:5/x');
    expect(readEnv({ HALLES_FOLDER: folder }).databaseUrl).toBe('postgresql://halles@127.0.0.1:5/x');
    expect(readEnv({ HALLES_FOLDER: folder, DATABASE_URL: 'postgres://other/y' }).databaseUrl).toBe('postgres://other/y');
  });
});

test('a log keeps no values of a failed statement', () => {
  const error = new Error('Failed query: insert into people values ($1)\nparams: camille@exemple.fr,Camille', {
    cause: new Error('params: 1'),
  });
  expect(JSON.stringify(errorFacts(error))).not.toMatch(/camille/i);
});

describe('what a page may load', () => {
  const headersOf = (path: string) => proxy(new NextRequest(`http://halles.test${path}`)).headers;
  const form = 'https://connect-js.stripe.com';
  const places = ['/merchant/chez-nous/payouts?account=open', '/merchant/start?shop=chez-nous&step=money&account=open'];

  test('holds the payment provider’s form on the two pages that show it, when it is asked for, and on no other', () => {
    vi.stubEnv('STRIPE_SECRET_KEY', 'sk_test_1');
    for (const path of places) {
      const rules = (headersOf(path).get('content-security-policy') ?? '').split('; ');
      expect(rules.filter((rule) => rule.includes(form)).map((rule) => rule.split(' ')[0])).toEqual([
        'script-src',
        'connect-src',
        'frame-src',
      ]);
      expect(rules).toContain("style-src 'self' 'unsafe-inline'");
      expect(rules).toContain("img-src 'self' data: blob: https://*.stripe.com");
      expect(headersOf(path).get('cross-origin-opener-policy')).toBe('unsafe-none');
    }
    for (const path of ['/merchant/chez-nous/payouts', '/merchant/chez-nous/products?account=open', '/merchant/start', '/?account=open']) {
      expect(headersOf(path).get('content-security-policy'), path).not.toContain(form);
      expect(headersOf(path).get('cross-origin-opener-policy'), path).toBe('same-origin');
    }
    vi.unstubAllEnvs();
  });

  test('is nobody else’s where no provider is configured', () => {
    for (const path of places) {
      expect(headersOf(path).get('content-security-policy'), path).not.toContain('stripe');
      expect(headersOf(path).get('cross-origin-opener-policy'), path).toBe('same-origin');
    }
  });
});
