import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { currentPlace } from '@/app/_data/place';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { openOrderLink } from '@/lib/identity';
import { getReturnPass, getReturnsOfOrder, readReturnToken } from '@/lib/returns';
import { getTenderStory } from '@/lib/settlement';
import { texts } from '@/lib/texts';
import { ReturnPass } from './return-pass';
import { StartReturn } from './start-return';

type ReturnPageProps = {
  readonly params: Promise<{ locale: string; token: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata({ params }: ReturnPageProps): Promise<Metadata> {
  const { locale, token } = await params;
  const number = readReturnToken(decodeURIComponent(token));
  const t = texts(localeFrom(locale), 'returns');
  return { title: number === undefined ? t('title') : t('pass.pageTitle', { number }), robots: { index: false }, referrer: 'same-origin' };
}

/** Two links lead here: an order's, to begin a return or find one again; a return's own, which is its pass. Neither needs an account. */
export default async function ReturnPage({ params, searchParams }: ReturnPageProps) {
  const showing = await showingFor(params);
  const token = decodeURIComponent((await params).token);
  if (readReturnToken(token) !== undefined) {
    const pass = await getReturnPass(token);
    if (!pass) notFound();
    const order = await openOrderLink(pass.orderToken);
    const { back } = order.ok ? await getTenderStory(order.value) : { back: [] };
    return <ReturnPass pass={pass} back={back} showing={showing} />;
  }
  const link = await openOrderLink(token);
  const order = link.ok ? await getReturnsOfOrder(link.value, await currentPlace()) : undefined;
  return order ? <StartReturn order={order} asked={await searchParams} showing={showing} /> : notFound();
}
