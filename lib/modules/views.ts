import type { Instant } from '@/lib/kernel';
import type { CityModule } from './module-list';

export type { CityModule } from './module-list';

/** What the city decides about one module: how it stands, what hangs together with it, and what it would touch. */
export type ModuleView = {
  readonly name: CityModule;
  readonly isWanted: boolean;
  /** Wanted, and so is all it needs. */
  readonly works: boolean;
  readonly needs: readonly CityModule[];
  readonly neededBy: readonly CityModule[];
  /** What is under way and goes on to its end: orders, or what else the module is about. */
  readonly running: number;
  /** When it was last switched, and by whom; undefined where nobody ever did. */
  readonly switched: { readonly at: Instant; readonly by: string | undefined } | undefined;
};

/** Whoever asks for something the city has switched off. */
export type ModuleOff = { readonly kind: 'module-off'; readonly module: CityModule };
