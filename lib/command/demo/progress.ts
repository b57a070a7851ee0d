/** A long step's place on the screen. */
export type Progress = {
  /** What is being done now; `share` from 0 to 1 where it is known. */
  step(text: string, share?: number): void;
  done(text?: string): void;
};

type Line = {
  readonly name: string;
  readonly startedAt: number;
  text: string;
  share: number | undefined;
  isDone: boolean;
  shownAt: number;
};

const out = process.stdout;
const lines: Line[] = [];
let drawn = 0;
let timer: NodeJS.Timeout | undefined;

/** On a terminal each running step keeps one line up to date; elsewhere a line is written now and then. */
export function progressLines(name: string): Progress {
  const line: Line = { name, startedAt: performance.now(), text: '', share: undefined, isDone: false, shownAt: -Infinity };
  lines.push(line);
  if (out.isTTY) {
    timer ??= setInterval(draw, 500).unref();
  }
  return {
    step: (text, share) => {
      const isNew = text !== line.text;
      line.text = text;
      line.share = share;
      if (!out.isTTY) writePlain(line, isNew);
    },
    done: (text = 'done') => {
      line.text = text;
      line.share = undefined;
      line.isDone = true;
      if (out.isTTY) draw();
      else writePlain(line, true);
    },
  };
}

/** Not more often than every two seconds for a new text, every ten for the same. */
function writePlain(line: Line, isNew: boolean): void {
  const now = performance.now();
  if (!line.isDone && now - line.shownAt < (isNew ? 2_000 : 10_000)) return;
  line.shownAt = now;
  out.write(`${describe(line)}\n`);
}

function draw(): void {
  const width = (out.columns ?? 100) - 1;
  out.write(drawn > 0 ? `\u001b[${drawn}A` : '');
  const ended = lines.filter(({ isDone }) => isDone);
  const running = lines.filter(({ isDone }) => !isDone);
  for (const line of [...ended, ...running]) out.write(`\u001b[2K${describe(line).slice(0, width)}\n`);
  drawn = running.length;
  lines.splice(0, lines.length, ...running); // what is done scrolls away with the rest of the terminal
  if (running.length === 0) {
    clearInterval(timer);
    timer = undefined;
  }
}

function describe(line: Line): string {
  const seconds = Math.round((performance.now() - line.startedAt) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const share = line.share === undefined ? '' : `${bar(line.share)} `;
  return `  ${line.name.padEnd(10)}${clock.padStart(5)}  ${share}${line.text}`;
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 20);
  return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${String(Math.round(share * 100)).padStart(3)} %`;
}
