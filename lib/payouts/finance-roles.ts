import type { OperatorScope } from '@/lib/kernel';

/** Who may hold a merchant's money, carry its debt, and pay the city out. */
export const financeRoles = ['admin', 'finance'] as const;

export function mayHandleMoney({ role }: OperatorScope): boolean {
  return financeRoles.some((one) => one === role);
}
