import type { ContractScenario } from '@/lib/sources/views';
import type { SourceDouble } from '../../support/sources/double';
import { appliesTo } from '../../support/sources/applies-to';

/** The scenarios that say nothing of a connector: it sends no messages, or its key does not run out. */
export function notApplicable({ kind, hasVariants }: SourceDouble): readonly ContractScenario[] {
  const { hasMessages, renews } = appliesTo(kind);
  return [
    ...(hasMessages ? [] : (['signature'] as const)),
    ...(renews ? [] : (['renewal'] as const)),
    ...(hasVariants === undefined ? [] : (['variant'] as const)),
  ];
}
