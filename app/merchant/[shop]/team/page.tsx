import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { accessWishOf, Team } from '@/app/_shell/team';
import { getCity } from '@/lib/shops';
import { listTeam } from '@/lib/teams';
import { texts } from '@/lib/texts';
import { changeColleagueAction, inviteColleagueAction, removeColleagueAction } from './actions';

type TeamPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'team')('title') };
}

/** Who works in the shop; owners, and managers for what is not above them. */
export default async function TeamPage({ params, searchParams }: TeamPageProps) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const [team, { timeZone }] = await Promise.all([listTeam(scope), getCity()]);
  if (!team.ok) return null; // the door let nobody smaller in
  const t = texts(locale, 'team');
  return (
    <main id="main" className="desk-page grid gap-6">
      <div>
        <h1>{t('title')}</h1>
        <p className="mt-1 max-w-[62ch] text-ink-soft">{t('shopLead')}</p>
      </div>
      <Team
        team={team.value}
        actions={{ invite: inviteColleagueAction, change: changeColleagueAction, remove: removeColleagueAction }}
        hidden={{ shop: shop.slug }}
        look={{ box: 'panel', button: 'min-h-[64px]', select: '[&_.select]:min-h-[64px]' }}
        wish={accessWishOf(await searchParams)}
        words={{ locale, timeZone, now: requestMoment() }}
      />
    </main>
  );
}
