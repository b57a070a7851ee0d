import type { TestProject } from 'vitest/node';
import { openTestCity } from './city';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the running city and of its database. */
    baseUrl: string;
    databaseUrl: string;
  }
}

/** For the system suite: the built app, its worker and a seeded database of its own. */
export default async function startCity(project: TestProject): Promise<() => Promise<void>> {
  const city = await openTestCity('system');
  project.provide('baseUrl', city.baseUrl);
  project.provide('databaseUrl', city.databaseUrl);
  return () => city.stop();
}
