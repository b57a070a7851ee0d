import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Instant } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import labels from './energy-labels.json' with { type: 'json' };
import type { EnergyLabelView, EnergyScaleView } from './views';

/** What an energy label is for, by the acts under Regulation (EU) 2017/1369, each of which has a scale of its own. */
type EnergyKind = keyof typeof labels;
const isKind = (text: string): text is EnergyKind => Object.hasOwn(labels, text);
export const energyKinds: readonly EnergyKind[] = Object.keys(labels).filter(isKind);

/** Says of a thing that no act asks a label of its kind: a socket among light bulbs. */
export const NO_LABEL = 'none' as const;
type Named = EnergyKind | typeof NO_LABEL;
const isNamed = (text: string | undefined): text is Named => text !== undefined && (text === NO_LABEL || isKind(text));

/** Every class a label ever had, the best first; a scale is a stretch of it. */
const ladder = ['A+++', 'A++', 'A+', 'A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;

const GATE = 'energy-label';
const OF_KIND = 'energy:';
export const energyFields = ['energyKind', 'energyClass', 'energySheet'] as const;
export type EnergyField = (typeof energyFields)[number];

type Attributes = Readonly<Record<string, string | undefined>>;
/** A thing as far as its label goes: the gates of its department, its attributes, and when somebody looks. */
export type LabelledThing = { readonly gates: readonly string[]; readonly attributes: Attributes; readonly now: Instant };

/** Which things with a label a department holds, as its gates name them; none named says that it may be any. */
const kindsOf = (gates: readonly string[]): readonly Named[] =>
  gates.flatMap((gate) => (gate.startsWith(OF_KIND) ? [gate.slice(OF_KIND.length)] : [])).filter(isNamed);

/** Whether a gate says which label a department's things bear. */
export const namesKind = (gate: string): boolean => kindsOf([gate]).length === 1;

/** Kinds a form offers for a department: what it names, else all; none where it names one, and nothing is to be asked. */
export function askedKinds(gates: readonly string[]): readonly Named[] {
  const named = kindsOf(gates);
  if (!gates.includes(GATE) || named.length === 1) return [];
  return named.length > 0 ? named : [...energyKinds, NO_LABEL];
}

function kindOf({ gates, attributes }: Pick<LabelledThing, 'gates' | 'attributes'>): Named | undefined {
  const told = attributes['energyKind'];
  if (isNamed(told)) return told;
  const named = kindsOf(gates);
  return named.length === 1 ? named[0] : undefined;
}

/** The scale of a kind on a day; acts begin at midnight, and an hour more or less changes no label in a shop. */
export function scaleOfKind(kind: EnergyKind, now: Instant): EnergyScaleView | undefined {
  const day = dateOf(now).toISOString().slice(0, 10);
  const act = labels[kind].findLast(({ from }) => from <= day);
  if (act === undefined) return undefined;
  const steps = ladder.slice(ladder.findIndex((step) => step === act.best), ladder.findIndex((step) => step === act.worst) + 1); // prettier-ignore
  return { best: act.best, worst: act.worst, steps };
}

/** The scale a thing's class stands on; undefined where it bears no label, or nobody said which. */
export function energyScaleOf(thing: LabelledThing): EnergyScaleView | undefined {
  const kind = thing.gates.includes(GATE) ? kindOf(thing) : undefined;
  return kind === undefined || kind === NO_LABEL ? undefined : scaleOfKind(kind, thing.now);
}

const letterOf = (attributes: Attributes): string => (attributes['energyClass'] ?? '').trim().toUpperCase();

/** The product information sheet: a number in the European register of labels (EPREL), or an address by HTTPS. */
function sheetAddress(text: string): string | undefined {
  if (/^\d{3,10}$/.test(text)) return `https://eprel.ec.europa.eu/qr/${text}`;
  return URL.canParse(text) && new URL(text).protocol === 'https:' ? new URL(text).href : undefined;
}

/**
 * The nested arrow of a thing whose department bears an energy label: its class, where that stands on the scale of its kind, and its sheet.
 * Undefined for everything else, because what looks like a label on a thing without one misleads, and so does a class on another's scale.
 * Source: Regulation (EU) 2017/1369, articles 5 and 6.
 */
export function energyLabelOf(thing: LabelledThing): EnergyLabelView | undefined {
  const scale = energyScaleOf(thing);
  const letter = letterOf(thing.attributes);
  const rank = scale?.steps.indexOf(letter) ?? -1;
  if (scale === undefined || rank < 0) return undefined;
  return { letter, rank, best: scale.best, worst: scale.worst, sheet: sheetAddress((thing.attributes['energySheet'] ?? '').trim()) };
}

/** Whether what a label asks is told. A class is where it stands on the scale of its kind; a kind without a label asks nothing more. */
export function isEnergyFieldGiven(field: EnergyField, thing: LabelledThing): boolean {
  const kind = kindOf(thing);
  if (field === 'energyKind') return kind !== undefined;
  if (kind === NO_LABEL) return true;
  if (field === 'energySheet' || kind === undefined) return (thing.attributes[field] ?? '').trim() !== '';
  return scaleOfKind(kind, thing.now)?.steps.includes(letterOf(thing.attributes)) ?? false;
}

const textList = (texts: readonly string[]): SQL => sql.raw(`(${texts.map((text) => `'${text}'`).join(', ')})`);

/** The same judgement as a condition of a statement. */
export function energyFieldGivenIn(
  field: EnergyField,
  { gates, attributes }: { readonly gates: SQL; readonly attributes: SQL },
  now: Instant,
): SQL {
  const told = sql`${attributes} ->> 'energyKind'`;
  const known = textList([...energyKinds, NO_LABEL]);
  const named = sql`(select case when count(*) = 1 then min(substr(gate, ${sql.raw(String(OF_KIND.length + 1))})) end
    from jsonb_array_elements_text(${gates}) gate where gate like ${sql.raw(`'${OF_KIND}%'`)} and substr(gate, ${sql.raw(String(OF_KIND.length + 1))}) in ${known})`;
  const kind = sql`coalesce(case when ${told} in ${known} then ${told} end, ${named})`;
  if (field === 'energyKind') return sql`${kind} is not null`;
  const filled = sql`coalesce(trim(${attributes} ->> ${sql.raw(`'${field}'`)}), '') <> ''`;
  if (field === 'energySheet') return sql`(coalesce(${kind} = 'none', false) or ${filled})`;
  const stands = energyKinds.map(
    (one) =>
      sql`when ${sql.raw(`'${one}'`)} then upper(trim(${attributes} ->> 'energyClass')) in ${textList(scaleOfKind(one, now)?.steps ?? [''])}`,
  );
  return sql`coalesce(case ${kind} when 'none' then true ${sql.join(stands, sql` `)} else ${filled} end, false)`;
}
