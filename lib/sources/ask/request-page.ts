import type { Result } from '@/lib/kernel';
import { guardedRequest } from '@/lib/platform/guarded-request';
import type { SourceFault } from '../fault';
import type { Answer, AskLimits, Question } from './exchange';
import { fetchBySftp } from './fetch-sftp';

/** Asks once, by whatever way the address names. */
export async function requestPage(asked: Question, limits: AskLimits): Promise<Result<Answer, SourceFault>> {
  if (asked.login !== undefined && asked.url.startsWith('sftp://')) return fetchBySftp(asked.url, asked.login, limits);
  return guardedRequest(asked, limits);
}
