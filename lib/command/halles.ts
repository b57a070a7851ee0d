import type { Command } from './command';
import { UsageError, complain, say } from './command';
import { whyWrongNode } from './node-version';
import { sentenceOf } from './sentence';

/** What each command is for, and where it is: a module is read when it is called. */
const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  demo: { summary: 'start the demo city on this machine', load: async () => (await import('./demo')).demo },
  dev: { summary: 'start the development server on the demo city', load: async () => (await import('./dev')).dev },
  doctor: { summary: 'check this installation and say what is wrong', load: async () => (await import('./doctor')).doctor },
  migrate: { summary: 'bring the database to this version', load: async () => (await import('./migrate')).migrate },
  seed: { summary: 'fill an empty database with the demo city', load: async () => (await import('./seed')).seed },
  'sign-in-link': { summary: 'print a one-click sign-in link', load: async () => (await import('./sign-in-link')).signInLink },
  worker: { summary: 'run the worker: mails, payments, schedules', load: async () => (await import('./worker')).worker },
  import: { summary: 'read a merchant’s product file', load: async () => (await import('./import')).importFile },
  route: { summary: 'decide who supplies an order, by the engine alone', load: async () => (await import('./route')).route },
  hours: { summary: 'check opening hours against evaluated cases', load: async () => (await import('./hours')).hours },
  invoice: { summary: 'write the invoices of an order as PDF or XML', load: async () => (await import('./invoice')).invoice },
  accounts: { summary: 'write a year for accountants and the tax office', load: async () => (await import('./accounts')).accounts },
  closings: {
    summary: 'close the books of days, months and years, and check them',
    load: async () => (await import('./closings')).closings,
  },
  reconcile: { summary: 'compare a day with the payment provider', load: async () => (await import('./reconcile')).reconcile },
  'search-eval': {
    summary: 'answer queries over a list of titles, to measure the search',
    load: async () => (await import('./search-eval')).searchEval,
  },
  'search-rebuild': {
    summary: 'have the search index made anew everywhere',
    load: async () => (await import('./search-rebuild')).searchRebuild,
  },
  smoke: { summary: 'buy from three shops of a running site and check it', load: async () => (await import('./smoke')).smoke },
  simulate: {
    summary: 'live the demo city through in three worlds and compare them',
    load: async () => (await import('./simulate')).simulate,
  },
  torture: {
    summary: 'kill a busy city again and again and check that nothing is lost',
    load: async () => (await import('./torture')).torture,
  },
  bench: { summary: 'measure this installation', load: async () => (await import('./bench')).bench },
};

function overview(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`);
  return `Usage: npm run --silent halles -- COMMAND [options]\n\nCommands:\n${lines.join('\n')}\n\n"COMMAND --help" tells more about one. Exit codes: 0 done, 1 refused, 2 wrong usage.`;
}

async function main([name, ...args]: readonly string[]): Promise<number> {
  const complaint = whyWrongNode(process.versions.node);
  if (complaint !== undefined) {
    complain(complaint);
    return 1;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    say(overview());
    return 0;
  }
  const entry = name === undefined ? undefined : commands[name];
  if (name === undefined || entry === undefined) {
    complain(`${name === undefined ? 'No command was given.' : `There is no command "${name}".`}\n\n${overview()}`);
    return 2;
  }
  const command = await entry.load();
  if (args.includes('--help') || args.includes('-h')) {
    say(`${command.summary}\n\n${command.usage}`);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    complain(sentenceOf(error));
    if (error instanceof UsageError) complain(`\n${command.usage}`);
    else if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) complain(error.stack ?? '');
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  complain(sentenceOf(error));
  return 1;
});
