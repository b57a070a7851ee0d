import type { Instant, Interval } from '@/lib/kernel';

/** Parts of the answering time after which a shop is written to, and called. */
const usual = { write: 0.5, call: 0.75 } as const;

/** Nobody has the counter before them: its ringing is heard by nobody, so the telephone does not wait for it. */
const whenAbsent = { write: 0, call: 0.5 } as const;

export type Silence = {
  readonly askedAt: Instant;
  readonly acceptBy: Instant;
  readonly openings: readonly Interval[];
  readonly isAbsent?: boolean;
};

/**
 * What a silence calls for now, by the share of the shop's opening minutes between the question and its deadline that have passed; nothing
 * before half of them, unless the counter is known to be before nobody's eyes. Pure. Without known opening hours plain minutes count.
 */
export function stepDue({ askedAt, acceptBy, openings, isAbsent = false }: Silence, now: Instant): 'sms' | 'call' | undefined {
  const whole = openMs(openings, askedAt, acceptBy) || acceptBy - askedAt;
  const passed = openMs(openings, askedAt, now) || (openings.length === 0 ? now - askedAt : 0);
  const { write, call } = isAbsent ? whenAbsent : usual;
  const share = whole <= 0 ? 0 : passed / whole;
  if (share >= call) return 'call';
  return share >= write ? 'sms' : undefined;
}

function openMs(openings: readonly Interval[], from: Instant, to: Instant): number {
  return openings.reduce((sum, open) => sum + Math.max(0, Math.min(open.to, to) - Math.max(open.from, from)), 0);
}
