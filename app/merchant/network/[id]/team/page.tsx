import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { lastSaid } from '@/app/_actions/said';
import { deskLocale, enterNetwork } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Team } from '@/app/_shell/team';
import { LogoMark } from '@/components/commerce/logo';
import { Banner } from '@/components/ui/banner';
import { Icon } from '@/components/ui/icon';
import { SkipLink } from '@/components/ui/navigation';
import { getCity } from '@/lib/shops';
import { getNetworkDesk } from '@/lib/sourcing';
import { listTeam } from '@/lib/teams';
import { texts } from '@/lib/texts';
import { changeHeadOfficeAction, inviteHeadOfficeAction, removeHeadOfficeAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'team')('title') };
}

/** Who works at a network's head office; who may only look has no such page. */
export default async function NetworkTeamPage({ params }: { readonly params: Promise<{ id: string }> }) {
  const entered = await enterNetwork((await params).id);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const team = await listTeam(scope);
  if (!team.ok) notFound();
  const [{ name, networkId }, { timeZone }, said] = await Promise.all([getNetworkDesk(scope), getCity(), lastSaid()]);
  const t = texts(locale, 'team');
  return (
    <>
      <SkipLink>{texts(locale, 'common')('skip')}</SkipLink>
      <main id="main" className="wrap page grid gap-6">
        <a className="logo" href="/merchant">
          <LogoMark />
          Halles
        </a>
        <div>
          <a href={`/merchant/network/${networkId}`} className="inline-flex min-h-11 items-center gap-1.5">
            <Icon name="chevron-left" />
            {name}
          </a>
          <h1 className="text-4xl max-md:text-3xl">{t('title')}</h1>
          <p className="mt-1 max-w-[62ch] text-ink-soft">{t('networkLead')}</p>
        </div>
        {said && (
          <Banner kind={said.kind} announce>
            {said.text}
          </Banner>
        )}
        <Team
          team={team.value}
          actions={{ invite: inviteHeadOfficeAction, change: changeHeadOfficeAction, remove: removeHeadOfficeAction }}
          hidden={{ network: networkId }}
          look={{ box: 'panel', button: 'min-h-[64px]', select: '[&_.select]:min-h-[64px]' }}
          words={{ locale, timeZone, now: requestMoment() }}
        />
      </main>
    </>
  );
}
