/** A colon before a space only helps the eye: "Dec 24, Jan 02: 10:00-12:00". Never within a comment. */
const READING_AID = /:(?=\s)(?=(?:[^"]*"[^"]*")*[^"]*$)/g;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const month = months.join('|');

/** A stretch of one year whose end leaves the year out: "2021 Mar 27-Apr 16". */
const YEAR_SAID_ONCE = new RegExp(String.raw`(\d{4}) (${month}) (\d{1,2})\s*-\s*(${month}) (\d{1,2})(?!\d|:)`, 'g');

/** The same hours without what the specification allows and the library does not read. */
export function inPlainerWords(hours: string): string {
  return hours
    .replaceAll(READING_AID, '')
    .replaceAll(YEAR_SAID_ONCE, (_, year: string, first: string, from: string, last: string, to: string) => {
      const endsInNextYear = order(last) < order(first);
      return `${year} ${first} ${from}-${Number(year) + (endsInNextYear ? 1 : 0)} ${last} ${to}`;
    });
}

function order(name: string): number {
  return months.findIndex((known) => known === name);
}
