import type { RoutingCase } from '@/lib/oms';

/** Ways to break a case: what a careless or a hostile sender writes. Each turns a case's text into a line that must be refused. */
const breaks: readonly ((text: string, routing: RoutingCase) => string)[] = [
  () => '',
  () => ' \t\r',
  () => 'null',
  () => '-0',
  () => '"routing-case/1"',
  () => '[]',
  () => '{}',
  (text) => text.slice(0, -1),
  (text) => `${text},`,
  (text) => `${text}${text}`,
  (text) => `[${text}]`,
  (text) => text.replace('"home":[', '"home":[NaN,'),
  (text) => text.replace('"home":[', '"home":[1e308,'),
  (text) => text.replace('"home":[', '"home":[1e999,'),
  (text) => text.replace('"home":[', '"home":[-'),
  (text) => text.replace('"home":[', '"home":[0.5,'),
  (text) => text.replace('"home":[', '"home":["'),
  (text) => text.replace('"goal":"', '"goal":"Cheap'),
  (text) => text.replace('"format":"', '"format":" '),
  (text) => text.replace('"allowPartial":', '"allowPartial":"yes","allowEverything":'),
  (text) => text.replace(/\}$/, ',"deadline":-1}'), // of two values of one name the last counts
  (text) => text.replace(/\}$/, ',"maxParcels":1e308}'),
  (text) => text.replace(/\}$/, ',"maxSources":9007199254740993}'),
  (text) => text.replace(/\}$/, ',"lines":{}}'),
  (text) => text.replace(/\}$/, ',"lines":[[]]}'),
  (text) => text.replace(/\}$/, ',"locations":null}'),
  (text) => text.replace(/\}$/, ',"tours":[null]}'),
  (text) => text.replace(/\}$/, ',"tariffs":[]}'),
  (text) => text.replace(/\}$/, `,"id":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
  (text) => text.replace(/\}$/, `,"home":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`),
  (text) => text.replace(/\}$/, ',"locations":[{"id":"x","at":[0,0],"offers":[["nowhere",1,1]],"services":[]}]}'),
  (text) =>
    text.replace(/\}$/, ',"locations":[{"id":"x","at":[0,0],"offers":[],"services":[]},{"id":"x","at":[0,0],"offers":[],"services":[]}]}'),
  (text) => text.replace(/\}$/, ',"lines":[{"id":"a","qty":0,"grams":1,"cm3":1,"split":true}]}'),
  (text) => text.replace(/\}$/, ',"lines":[{"id":"a","qty":1e15,"grams":1e15,"cm3":1,"split":true}]}'),
  (_, routing) =>
    JSON.stringify({
      ...routing,
      lines: Array.from({ length: 501 }, (_one, index) => ({ id: `L${index}`, qty: 1, grams: 0, cm3: 0, split: true })),
    }),
];

/** A line that is no case, made of one that is. */
export function brokenLine(routing: RoutingCase, index: number): string {
  return breaks[index % breaks.length]?.(JSON.stringify(routing), routing) ?? '';
}
