import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { openScratchIndex } from '@/lib/search';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, say, sayJson } from './command';

const PER_QUERY = 100;

type Row = { readonly id: string; readonly text: string };

/** Rows of a tab-separated file with a header, plain or gzipped: the first column, the second, and whatever follows left aside. */
function readRows(path: string): readonly Row[] {
  const bytes = bytesOf(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      const [id, second] = line.split('\t');
      return id === undefined || id === '' || second === undefined ? [] : [{ id, text: second }];
    });
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new RefusedError(`The file ${path} cannot be read.`);
  }
}

const milliseconds = (startedAt: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1000;
};

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
}

export const searchEval: Command = {
  summary: 'Answers queries over a list of titles by the storefront’s own search, for measuring its quality.',
  usage: [
    'Usage: npm run --silent halles -- search-eval --products FILE.tsv --queries FILE.tsv --out RUN.tsv [--json]',
    '',
    '  --products  product_id TAB title, with a header line; may be gzipped',
    '  --queries   query_id TAB query, with a header line; further columns are ignored',
    `  --out       written: query_id, product_id, rank, score, strong (0 or 1); ${PER_QUERY} lines a query at most, no header`,
    '',
    'The titles are indexed into a scratch index in memory; no database is needed. Prints how long it took.',
    'Exit codes: 0 written, 1 a file cannot be read or written, 2 wrong usage.',
  ].join('\n'),
  run: (args) => {
    const options = readOptions(args, { products: 'text', queries: 'text', out: 'text', json: 'switch' });
    const [products, queries, out] = [options.required('products'), options.required('queries'), options.required('out')];
    const titles = readRows(products).map(({ id, text }) => ({ id, title: text }));
    const asked = readRows(queries);

    const buildingSince = process.cpuUsage();
    const index = openScratchIndex(titles);
    const buildMs = milliseconds(buildingSince);

    const lines: string[] = [];
    const times = asked.map(({ id, text }) => {
      const since = process.cpuUsage();
      const results = index.answer(text, PER_QUERY);
      const took = milliseconds(since);
      results.forEach(({ listingId, relevance, isStrong }, place) => {
        lines.push(`${id}\t${listingId}\t${place + 1}\t${relevance.toFixed(5)}\t${isStrong ? 1 : 0}`);
      });
      return took;
    });
    try {
      writeFileSync(out, lines.map((line) => `${line}\n`).join(''));
    } catch {
      throw new RefusedError(`The file ${out} cannot be written.`);
    }

    const figures = {
      products: index.size,
      queries: asked.length,
      results: lines.length,
      buildCpuMs: Math.round(buildMs),
      queryCpuMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95), max: percentile(times, 1) },
      memoryMb: Math.round(process.memoryUsage().rss / 1e6),
    };
    if (options.has('json')) sayJson(figures);
    else {
      say(`${figures.products} titles indexed in ${figures.buildCpuMs} ms of CPU, ${figures.memoryMb} MB of memory in all.`);
      say(
        `${figures.queries} queries answered, ${figures.results} results; CPU per query p50 ${figures.queryCpuMs.p50} ms, p95 ${figures.queryCpuMs.p95} ms, most ${figures.queryCpuMs.max} ms.`,
      );
    }
    return Promise.resolve(0);
  },
};
