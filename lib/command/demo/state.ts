import { existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a demo remembers between runs. `city` is there once the city was seeded to its end. */
const demoState = z.object({
  city: z.object({ seed: z.number(), seededAt: z.string() }).optional(),
  running: z.object({ demo: z.number(), port: z.number(), others: z.array(z.number()) }).optional(),
});

export type DemoState = z.infer<typeof demoState>;

const fileIn = (dataFolder: string): string => join(dataFolder, 'demo.json');

export function readState(dataFolder: string): DemoState {
  const file = fileIn(dataFolder);
  if (!existsSync(file)) return {};
  try {
    return demoState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {}; // a file cut short by a full disk: the city is made anew
  }
}

export function writeState(dataFolder: string, state: DemoState): void {
  mkdirSync(dataFolder, { recursive: true });
  const fresh = `${fileIn(dataFolder)}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(state)}\n`);
  renameSync(fresh, fileIn(dataFolder));
}

export function forgetState(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

/** The demo of this folder that is running now, if one is. */
export function isDemoRunning(dataFolder: string): { readonly demo: number; readonly port: number } | undefined {
  const { running } = readState(dataFolder);
  return running !== undefined && running.demo !== process.pid && worksHere(running.demo) ? running : undefined;
}

/** Whether a process lives and works in this folder; where the system does not tell the folder, living is enough. */
function worksHere(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === process.cwd();
  } catch {
    return process.platform !== 'linux';
  }
}
