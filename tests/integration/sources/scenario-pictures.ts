import { expect } from 'vitest';
import type { SourceDouble } from '../../support/sources/double';
import { givenConnection } from '../../support/sources/given-connection';
import { fetchPictures, fill, picturesAt, picturesWanted } from './scenario-tools';

/** Every picture a source tells is wished for and fetched; one that lies elsewhere is asked for without the key. */
export async function provesPictures(double: SourceDouble): Promise<void> {
  const one = await givenConnection(double, fill);
  await one.run();
  const { told, all } = picturesAt(one);
  expect(await picturesWanted(one)).toEqual(told.flat().toSorted());
  expect(await fetchPictures(one, one.world.products[0]!.title)).toEqual(all[0]);
  const everybodys = one.running.requests.filter(({ host }) => host === 'pictures.example');
  expect(everybodys.length > 0).toBe(double.keyedPictures === undefined);
  for (const { headers } of everybodys) expect(JSON.stringify(headers)).not.toContain(one.world.key);
}
