import { ok } from '@/lib/kernel';
import type { Connector } from '../connector';

/** A picture that is a file at its address, for whoever shows the key. */
export const keyedPicture: NonNullable<Connector['picture']> = async (call, address) => {
  const said = await call.file({ path: address });
  return said.ok ? ok({ bytes: said.value.value }) : said;
};
