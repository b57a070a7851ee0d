import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Page } from './client';
import { FailedStep } from './client';
import { linksOf } from './html';

const PATIENCE_MS = 30_000;

/** Signs in with the city's link, then waits for the mail to `recipient` and opens the newest one. */
export async function readMail(city: Client, cityLink: string, recipient: string): Promise<Page> {
  const desk = await city.get(cityLink);
  if (desk.status !== 200 || !new URL(desk.url).pathname.startsWith('/admin')) {
    throw new FailedStep(
      'mail',
      `the city's sign-in link led to ${new URL(desk.url).pathname} (${desk.status}): pass a fresh one by --city-link`,
    );
  }
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(500)) {
    const mailbox = await city.get(`/admin/mailbox?words=${encodeURIComponent(recipient)}`);
    const [newest] = linksOf(mailbox.html, /^\/admin\/mailbox\/[\w-]+$/);
    if (newest !== undefined) return city.get(newest);
  }
  throw new FailedStep('mail', `no mail to ${recipient} came within ${PATIENCE_MS / 1000} seconds: does a worker run?`);
}
