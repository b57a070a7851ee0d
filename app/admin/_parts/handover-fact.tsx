import type { AbsenceView, HandoverView } from '@/lib/fulfilment/views';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from './order-table';

type HandoverFactProps = { readonly handover: HandoverView | AbsenceView; readonly showing: OpsShowing };

/** How a part changed hands: when, by whom, and the proof that is kept of it. */
export function HandoverFact({ handover, showing }: HandoverFactProps) {
  const t = texts(showing.locale, 'admin');
  const when = stamp(handover.at, showing);
  if (handover.kind === 'absent') {
    const who = handover.byName ?? t('who.courier');
    return (
      <>
        {t(`proof.absent.${handover.reason}`, { when, who })}
        {handover.isBack && <span className="block text-ink-soft">{t('proof.back')}</span>}
      </>
    );
  }
  const { byName, by, ageChecked } = handover;
  return (
    <>
      {t('proof.given', { when, who: byName ?? t(`who.${by}`) })}
      <span className="block text-ink-soft">{proofText(handover, showing)}</span>
      {ageChecked !== undefined && <span className="block text-ink-soft">{t('proof.age', { age: ageChecked })}</span>}
    </>
  );
}

function proofText({ kind, proof, receivedBy }: HandoverView, { locale }: OpsShowing): string {
  const t = texts(locale, 'admin');
  if (receivedBy !== undefined) return t(proof === 'code' ? 'proof.takenWithCode' : 'proof.taken', { name: receivedBy });
  if (proof === undefined) return t('proof.none');
  return kind === 'at-the-door' && proof === 'name' ? t('proof.someone') : t(`proof.${proof}`);
}
