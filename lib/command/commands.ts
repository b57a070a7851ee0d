import type { Command } from './command';

/** What each command is for, as `--help` lists it, and where it is: a module is read when it is called. */
export const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  demo: { summary: 'start the demo city on this machine', load: async () => (await import('./demo')).demo },
  dev: { summary: 'start the development server on the demo city', load: async () => (await import('./dev')).dev },
  doctor: { summary: 'check this installation and say what is wrong', load: async () => (await import('./doctor')).doctor },
  migrate: { summary: 'bring the database to this version', load: async () => (await import('./migrate')).migrate },
  seed: { summary: 'fill an empty database with the demo city', load: async () => (await import('./seed')).seed },
  found: { summary: 'found the city of an empty database', load: async () => (await import('./found')).found },
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
