import { UsageError, complain, say } from './command';
import { commands } from './commands';
import { whyWrongNode } from './node-version';
import { sentenceOf } from './sentence';

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
