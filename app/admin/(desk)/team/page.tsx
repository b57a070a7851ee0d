import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { accessWishOf, Team } from '@/app/_shell/team';
import { getCity } from '@/lib/shops';
import { listTeam } from '@/lib/teams';
import { texts } from '@/lib/texts';
import { changeOperatorAction, inviteOperatorAction, removeOperatorAction } from './actions';

type TeamPageProps = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'team')('title') };
}

/** Who works for the city; administrators. */
export default async function CityTeamPage({ searchParams }: TeamPageProps) {
  const entered = await enterCity(['admin']);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [team, { timeZone }] = await Promise.all([listTeam(scope), getCity()]);
  if (!team.ok) return null; // the door let nobody smaller in
  const t = texts(locale, 'team');
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="max-w-[72ch]">{t('cityLead')}</p>
        </div>
      </div>
      <div className="grid gap-5">
        <Team
          team={team.value}
          actions={{ invite: inviteOperatorAction, change: changeOperatorAction, remove: removeOperatorAction }}
          hidden={{}}
          look={{ box: 'box', button: 'btn-ops', select: '' }}
          wish={accessWishOf(await searchParams)}
          words={{ locale, timeZone, now: requestMoment() }}
        />
      </div>
    </main>
  );
}
