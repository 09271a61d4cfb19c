// The day in Los Angeles of a moment as the report writes it: `2024-03-10T09:59:59+00:00`.

const HOUR = 3600;
const DAY = 24 * HOUR;

// The first Sunday on or after the date, at its beginning in UTC, in seconds since the epoch.
function sunday(year, month, day) {
  const start = Date.UTC(year, month, day) / 1000;
  return start + ((7 - new Date(start * 1000).getUTCDay()) % 7) * DAY;
}

// Summer time lasts from March's second Sunday to November's first, changing at 02:00 local time.
function hoursBehind(seconds) {
  const year = new Date(seconds * 1000).getUTCFullYear();
  const isSummer =
    seconds >= sunday(year, 2, 8) + 10 * HOUR && seconds < sunday(year, 10, 1) + 9 * HOUR;
  return isSummer ? 7 : 8;
}

function dayOf(moment) {
  const seconds = Date.parse(moment) / 1000;
  return Math.floor((seconds - hoursBehind(seconds) * HOUR) / DAY);
}

function remembered(compute) {
  const known = new Map();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = compute(key)));
    return value;
  };
}

// An hour in UTC lies in one day.
const dayOfHour = remembered((hour) => dayOf(`${hour}:00:00+00:00`));

// Days since the epoch.
export function losAngelesDay(moment) {
  return moment.endsWith("+00:00") ? dayOfHour(moment.slice(0, 13)) : dayOf(moment);
}

// year * 12 + month, counted from January = 0, of a day since the epoch.
export const monthOf = remembered((day) => {
  const date = new Date(day * DAY * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
});
