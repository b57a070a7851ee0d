import type { DatabaseHandle } from '@/db/client';

type Holder = { hallesSearchIndex?: { readonly handle: DatabaseHandle; readonly held: Promise<unknown> } };

/** Bundlers make several copies of a module; the index is one per process all the same. */
const holder = globalThis as Holder;

/** What the process holds for a database, made by `make` the first time; a failed making is tried again. */
export function heldFor<Held>(handle: DatabaseHandle, make: () => Promise<Held>): Promise<Held> {
  if (holder.hallesSearchIndex?.handle !== handle) {
    const made = make();
    holder.hallesSearchIndex = { handle, held: made };
    made.catch(() => {
      if (holder.hallesSearchIndex?.held === made) delete holder.hallesSearchIndex;
    });
  }
  return holder.hallesSearchIndex.held as Promise<Held>;
}
