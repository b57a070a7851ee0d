import { Icon, type IconName } from '@/components/ui/icon';
import { Still } from '@/components/ui/still';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

const steps = [
  { icon: 'search', title: 'how.find', text: 'how.findText' },
  { icon: 'credit-card', title: 'how.pay', text: 'how.payText' },
  { icon: 'shopping-bag', title: 'how.receive', text: 'how.receiveText' },
] as const satisfies readonly { readonly icon: IconName; readonly title: string; readonly text: string }[];

/** Find, pay, receive: three lines. */
export function HowItWorks({ locale }: { locale: Locale }) {
  const t = texts(locale, 'home');
  return (
    <Still as="ol" className="how">
      {steps.map((step) => (
        <li key={step.title}>
          <Icon name={step.icon} />
          <b>{t(step.title)}</b>
          <span className="text-ink-soft">{t(step.text)}</span>
        </li>
      ))}
    </Still>
  );
}
