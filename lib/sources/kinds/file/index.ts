import { z } from 'zod';
import { ok } from '@/lib/kernel';
import type { Connector, Settings } from '../../connector';
import { optional, secretField, textField } from '../../field';
import { hostOf, pageOf, readItems } from './read-items';

/** HTTPS or SFTP, without a password in it: that one is sealed apart. */
const address = z
  .url({ protocol: /^(https?|sftp)$/ })
  .max(500)
  .refine((text) => new URL(text).username === '' && new URL(text).password === '');

const basic = ({ 'user-name': user, password = '' }: Settings): Readonly<Record<string, string>> =>
  user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };

/** A file that a till or an export puts somewhere every night: fetched on time, read like a file that a person brings. No code. */
export const file: Connector = {
  kind: 'file',
  name: 'CSV · XLSX (HTTPS, SFTP)',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [
    { name: 'address', kind: 'text', example: 'sftp://depot.ma-boutique.fr/export/articles.csv', schema: address },
    optional(textField('user-name')),
    optional(secretField('password')),
  ],
  baseUrl: ({ address: at = '' }) => (URL.canParse(at) ? (new URL(at).protocol === 'sftp:' ? at : new URL(at).origin) : ''),
  auth: {
    headers: basic,
    login: ({ 'user-name': user = '', password = '', hostKey }) => ({ username: user, password, hostKey }),
  },
  check: async (call) => {
    const read = await readItems(call);
    if (!read.ok) return read;
    const { hostKey } = read.value;
    return ok({ shopName: hostOf(call.settings), ...(hostKey !== undefined && { learned: { hostKey } }) });
  },
  pull: async (call, { cursor, pageSize }) => {
    const read = await readItems(call, cursor);
    return read.ok ? ok(pageOf(read.value, cursor, pageSize)) : read;
  },
};
