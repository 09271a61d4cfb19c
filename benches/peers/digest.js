// What a result says, in a form that is the same for all engines: SHA-256 over its sorted lines.

function cellLines(result) {
  const { skus, day, sku, orders, units, gross, discount } = result;
  const line = (_, at) =>
    `${day[at]}|${skus[sku[at]]}|${orders[at]}|${units[at]}|${gross[at]}|${discount[at]}`;
  return Array.from({ length: day.length }, line).sort();
}

function monthLines({ month, monthOrders }) {
  return Array.from(month, (number, at) => `${number}|${monthOrders[at]}`).sort();
}

export async function digest(result) {
  const text = [...cellLines(result), ...monthLines(result)].join("\n");
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function totals(result) {
  const sum = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
  return {
    orders: sum(result.monthOrders),
    units: sum(result.units),
    gross_cents: sum(result.gross),
    discount_cents: sum(result.discount),
  };
}
