/** Where the people of a request are, each place once: a list of any length has few, and its people share their hours. */
import { type Person, placeKey } from '../../domain/window.ts';
import type { Sql } from '../client.ts';

/** The columns of `records r` that say where a person is, under the names of `Person`. */
export const personColumns = (sql: Sql) =>
  sql`r.region, r.time_zone as "timeZone", r.area_zones as "areaZones", r.area_certain as "areaCertain"`;

/** `placeKey` of `records r`. */
export const placeKeyOf = (sql: Sql) => sql`(
  coalesce(r.region, '') || '|' || coalesce(r.time_zone, '') || '|' ||
  coalesce(array_to_string(r.area_zones, '&'), '') || '|' || case when r.area_certain then '1' else '0' end)`;

/** @param left those alone that have not ended */
export async function readPlaces(
  sql: Sql,
  input: { accountId: number; requestId: number; left?: boolean },
): Promise<Person[]> {
  const { accountId, requestId, left = false } = input;
  return sql<Person[]>`
    select distinct ${personColumns(sql)} from records r
    where r.account_id = ${accountId} and r.request_id = ${requestId} and r.result = 'ACCEPTED'
      ${left ? sql`and r.ended_at is null` : sql``}`;
}

/** Something worked out once for each place. */
export function oncePerPlace<T>(work: (person: Person) => T): (person: Person) => T {
  const known = new Map<string, { value: T }>();
  return (person) => {
    const key = placeKey(person);
    let found = known.get(key);
    if (!found) {
      found = { value: work(person) };
      known.set(key, found);
    }
    return found.value;
  };
}
