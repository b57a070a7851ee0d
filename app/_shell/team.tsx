import { FieldsFormLive } from '@/components/commerce/fields-form-live';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { SelectField } from '@/components/ui/field';
import type { StatefulAction } from '@/components/ui/form-state';
import { Tag } from '@/components/ui/tag';
import type { Instant, Locale, Role } from '@/lib/kernel';
import { formatDate, formatDay, formatTime } from '@/lib/kernel';
import type { TeamChangeView, TeamMemberView, TeamView } from '@/lib/teams/views';
import { texts } from '@/lib/texts';

type TeamActions = {
  readonly invite: StatefulAction;
  readonly change: (form: FormData) => Promise<void>;
  readonly remove: (form: FormData) => Promise<void>;
};

/** What the mail of a request for access says, as the address of this page carries it. */
export type AccessWish = { readonly personId: string | undefined; readonly role: string | undefined };

type TeamProps = {
  readonly team: TeamView;
  readonly actions: TeamActions;
  /** Names the house in every form. */
  readonly hidden: Readonly<Record<string, string>>;
  /** The look of a room: its boxes, and its buttons, which are a finger wide at a counter. */
  readonly look: { readonly box: string; readonly button: string; readonly select: string };
  readonly wish?: AccessWish;
  readonly words: { readonly locale: Locale; readonly timeZone: string; readonly now: Instant };
};

/** Reads the address's wish; whom it names is looked for in the team, and nowhere else. */
export function accessWishOf(query: Readonly<Record<string, string | string[] | undefined>>): AccessWish {
  const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);
  return { personId: one(query['person']), role: one(query['role']) };
}

/** Who works in a house: what was asked, everybody with their role, somebody new, what changed. Works without script. */
export function Team({ wish, ...given }: TeamProps) {
  const { team, look, words, actions, hidden } = given;
  const t = texts(words.locale, 'team');
  const asking = wish && team.members.find(({ personId, mayChange }) => mayChange && personId === wish.personId);
  const wished = wish && team.roles.find((role) => role === wish.role);
  return (
    <>
      {asking && wished && asking.role !== wished && <GiveAccess {...given} member={asking} role={wished} />}
      <section className={`${look.box} grid gap-4 p-5`} aria-labelledby="members">
        <div>
          <h2 id="members" className="text-xl">
            {t('members.title', { count: team.members.length })}
          </h2>
        </div>
        {team.members.length === 1 && <Empty title={t('alone.title')}>{t('alone.text')}</Empty>}
        <ul className="grid gap-5">
          {team.members.map((member) => (
            <Member key={member.personId} {...given} member={member} />
          ))}
        </ul>
      </section>
      <section className={`${look.box} grid gap-4 p-5`} aria-labelledby="new">
        <div>
          <h2 id="new" className="text-xl">
            {t('new.title')}
          </h2>
          <p className="max-w-[62ch] text-ink-soft">{t('new.lead')}</p>
        </div>
        <FieldsFormLive
          id="invite"
          action={actions.invite}
          hidden={hidden}
          fields={[
            { kind: 'text', name: 'email', label: t('new.email'), inputMode: 'email', isHalf: true },
            { kind: 'text', name: 'name', label: t('new.name'), hint: t('new.nameHint'), isOptional: true, isHalf: true },
            {
              kind: 'choice',
              name: 'role',
              label: t('new.role'),
              value: team.roles.at(-1),
              choices: team.roles
                .toReversed()
                .map((role) => ({ value: role, label: t('choice', { role: t(`roles.${role}`), may: t(`may.${role}`) }) })),
            },
          ]}
          words={{
            submit: t('new.submit'),
            errorTitle: t('new.errorTitle'),
            pageErrorTitle: t('new.pageErrorTitle', { title: t('title') }),
            optional: texts(words.locale, 'common')('form.optional'),
          }}
        />
      </section>
      <History {...given} />
    </>
  );
}

type MemberProps = Omit<TeamProps, 'wish'> & { readonly member: TeamMemberView };

/** Names the house and the person in a form. */
function Whom({ hidden, member }: Pick<MemberProps, 'hidden' | 'member'>) {
  return (
    <>
      {Object.entries({ ...hidden, personId: member.personId, name: member.name }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

/** Somebody asked for a bigger role by mail: one tap gives it. */
function GiveAccess({ member, role, actions, hidden, look, words }: MemberProps & { readonly role: Role }) {
  const t = texts(words.locale, 'team');
  const { name, email } = member;
  return (
    <section className={`${look.box} grid justify-items-start gap-3 p-5`} aria-labelledby="give">
      <div>
        <h2 id="give" className="text-xl">
          {t('give.title', { name })}
        </h2>
      </div>
      <p className="max-w-[62ch] [overflow-wrap:anywhere]">
        {t('give.text', {
          name,
          email,
          role: t('choice', { role: t(`roles.${role}`), may: t(`may.${role}`) }),
          now: t(`roles.${member.role}`),
        })}
      </p>
      <form action={actions.change}>
        <Whom hidden={hidden} member={member} />
        <SubmitButton className={`btn btn-primary ${look.button}`} name="role" value={role}>
          {t('give.button', { name })}
        </SubmitButton>
      </form>
    </section>
  );
}

function Member({ member, words, ...given }: MemberProps) {
  const t = texts(words.locale, 'team');
  const { personId, name, email, role, since, by, isYou, isAwaited } = member;
  const date = formatDate(since, words.locale, words.timeZone);
  return (
    <li className="grid gap-3 border-t border-line pt-5 first:border-t-0 first:pt-0" aria-labelledby={`name-${personId}`}>
      <div className="min-w-0">
        <h3 id={`name-${personId}`} className="flex flex-wrap items-center gap-2 text-lg [overflow-wrap:anywhere]">
          {name} <Tag colour="blue">{t(`roles.${role}`)}</Tag>
          {isYou && <Tag>{t('members.you')}</Tag>}
          {isAwaited && <Tag colour="honey">{t('members.awaited')}</Tag>}
        </h3>
        <p className="text-base text-ink-soft [overflow-wrap:anywhere]">
          {email !== name && <>{email}. </>}
          {by === undefined ? t('members.founded', { date }) : t('members.since', { by, date })}.
        </p>
      </div>
      {member.mayChange && <Changes {...given} member={member} words={words} />}
    </li>
  );
}

/** Another role, or none any more; taking somebody out is asked twice. */
function Changes({ member, team, actions, hidden, look, words }: MemberProps) {
  const t = texts(words.locale, 'team');
  const { personId, name, isYou } = member;
  return (
    <div className="flex flex-wrap items-end gap-3">
      <form action={actions.change} className="flex w-full min-w-0 items-end gap-3 md:w-auto">
        <Whom hidden={hidden} member={member} />
        <div className={`min-w-0 flex-1 md:w-[240px] ${look.select}`}>
          <SelectField
            id={`role-${personId}`}
            name="role"
            label={<RoleLabel name={name} locale={words.locale} />}
            defaultValue={member.role}
          >
            {team.roles.map((role) => (
              <option key={role} value={role}>
                {t(`roles.${role}`)}
              </option>
            ))}
          </SelectField>
        </div>
        <SubmitButton className={`btn btn-secondary ${look.button}`} label={t('members.changeLabel', { name })}>
          {t('members.change')}
        </SubmitButton>
      </form>
      <details className="min-w-0">
        <summary className={`btn btn-quiet ${look.button}`} aria-label={isYou ? undefined : t('members.removeLabel', { name })}>
          {t(isYou ? 'members.leave' : 'members.remove')}
        </summary>
        <form action={actions.remove} className="mt-3 grid max-w-[62ch] justify-items-start gap-3">
          <Whom hidden={hidden} member={member} />
          <p>{isYou ? t('members.leaveText') : t('members.removeText', { name })}</p>
          <SubmitButton className={`btn btn-danger ${look.button}`}>
            {isYou ? t('members.confirmLeave') : t('members.confirm', { name })}
          </SubmitButton>
        </form>
      </details>
    </div>
  );
}

function RoleLabel({ name, locale }: { readonly name: string; readonly locale: Locale }) {
  const t = texts(locale, 'team');
  return (
    <>
      <span aria-hidden="true">{t('members.role')}</span>
      <span className="sr-only">{t('members.roleOf', { name })}</span>
    </>
  );
}

/** Who gave, changed and took what, of late. */
function History({ team, look, words }: Pick<TeamProps, 'team' | 'look' | 'words'>) {
  const { locale, timeZone, now } = words;
  const t = texts(locale, 'team');
  const nobody = texts(locale, 'common')('closedAccount');
  const line = ({ by = nobody, whom = nobody, isOwn, change, role }: TeamChangeView) =>
    t(`history.${change === 'removed' && isOwn ? 'left' : change}`, { by, whom, role: t(`roles.${role}`) });
  return (
    <section className={`${look.box} grid gap-3 p-5`} aria-labelledby="history">
      <div>
        <h2 id="history" className="text-xl">
          {t('history.title')}
        </h2>
      </div>
      {team.history.length === 0 && <p className="text-ink-soft">{t('history.none')}</p>}
      <ol className="grid gap-2">
        {team.history.map((one) => (
          <li key={one.eventId} className="[overflow-wrap:anywhere]">
            {line(one)}{' '}
            <span className="text-ink-soft">
              {formatDay(one.at, now, locale, timeZone)} {formatTime(one.at, locale, timeZone)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
