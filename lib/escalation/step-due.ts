import type { Instant, Interval } from '@/lib/kernel';

/** Parts of the answering time after which a shop is written to, and called. */
const WRITE_AFTER = 0.5;
const CALL_AFTER = 0.75;

export type Silence = { readonly askedAt: Instant; readonly acceptBy: Instant; readonly openings: readonly Interval[] };

/**
 * What a silence calls for now, by the share of the shop's opening minutes between the question and its deadline that have passed; nothing
 * before half of them. Pure. Without known opening hours plain minutes count.
 */
export function stepDue({ askedAt, acceptBy, openings }: Silence, now: Instant): 'sms' | 'call' | undefined {
  const whole = openMs(openings, askedAt, acceptBy) || acceptBy - askedAt;
  const passed = openMs(openings, askedAt, now) || (openings.length === 0 ? now - askedAt : 0);
  const share = whole <= 0 ? 0 : passed / whole;
  if (share >= CALL_AFTER) return 'call';
  return share >= WRITE_AFTER ? 'sms' : undefined;
}

function openMs(openings: readonly Interval[], from: Instant, to: Instant): number {
  return openings.reduce((sum, open) => sum + Math.max(0, Math.min(open.to, to) - Math.max(open.from, from)), 0);
}
