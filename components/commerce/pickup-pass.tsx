import type { ReactNode } from 'react';
import { Banner } from '@/components/ui/banner';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import { Awning } from './awning';

type PickupPassProps = {
  readonly locale: Locale;
  readonly awning: number;
  readonly shopName: string;
  readonly where: string;
  /** The QR as an SVG string, made by us from the signed code. */
  readonly qrSvg: string;
  readonly code: string;
  /** What the code is for and what to do with it; without, a pickup at the counter. */
  readonly codeWords?: { readonly name: string; readonly hint: string };
  /** Ready since, kept until, or why not yet, in words. */
  readonly status: string;
  readonly isUsable: boolean;
  readonly children?: ReactNode;
};

/** What is shown over the counter: the shop, the code as QR on white in both themes, and its four characters. */
export function PickupPass({ locale, awning, shopName, where, qrSvg, code, codeWords, status, isUsable, children }: PickupPassProps) {
  const t = texts(locale, 'common');
  const { name, hint } = codeWords ?? { name: t('pass.code'), hint: t('pass.show') };
  return (
    <article className="pass" aria-labelledby="pass-shop">
      <Awning awning={awning} />
      <div className="pass-body">
        <div>
          <h2 id="pass-shop" className="text-xl">
            {shopName}
          </h2>
          <p className="text-md text-ink-soft">{where}</p>
        </div>
        {isUsable ? (
          <>
            <div
              className="pass-qr"
              role="img"
              aria-label={t('pass.qr', { code: [...code].join(' ') })}
              dangerouslySetInnerHTML={{ __html: qrSvg }}
            />
            <p>
              <span className="block text-md text-ink-soft">{name}</span>
              <b className="pass-code">{code}</b>
            </p>
            <p className="text-md">{hint}</p>
          </>
        ) : null}
        <Banner kind={isUsable ? 'good' : 'careful'}>{status}</Banner>
        {children}
      </div>
    </article>
  );
}
