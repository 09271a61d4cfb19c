// Adds rows of text up, for the parsers that are no engines: plain numbers in open tables, no maps
// of text but for the few SKUs.

import { losAngelesDay, monthOf } from "./los_angeles.js";

const NOBODY = -1;

// Gives every whole number a place, 0, 1, 2 … in the order of first sight.
class Places {
  count = 0;
  #keys = new Float64Array(1 << 16).fill(NOBODY);
  #places = new Uint32Array(1 << 16);

  of(key) {
    const keys = this.#keys;
    const last = keys.length - 1;
    let slot = mixed(key) & last;
    while (keys[slot] !== key) {
      if (keys[slot] === NOBODY) return this.#add(slot, key);
      slot = (slot + 1) & last;
    }
    return this.#places[slot];
  }

  #add(slot, key) {
    this.#keys[slot] = key;
    this.#places[slot] = this.count;
    if (this.count * 2 > this.#keys.length) this.#grow();
    return this.count++;
  }

  #grow() {
    const [keys, places] = [this.#keys, this.#places];
    const last = keys.length * 2 - 1;
    this.#keys = new Float64Array(last + 1).fill(NOBODY);
    this.#places = new Uint32Array(last + 1);
    for (let from = 0; from < keys.length; from++) {
      if (keys[from] === NOBODY) continue;
      let slot = mixed(keys[from]) & last;
      while (this.#keys[slot] !== NOBODY) slot = (slot + 1) & last;
      this.#keys[slot] = keys[from];
      this.#places[slot] = places[from];
    }
  }
}

function mixed(key) {
  const high = Math.floor(key / 0x1_0000_0000);
  const low = key - high * 0x1_0000_0000;
  const hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

// Order ids as numbers: three signs by their place in a list, then fourteen digits.
class OrderIds {
  #starts = new Map();
  #others = new Map();

  number(text) {
    const start = text.slice(0, 4);
    const [high, low] = [digits(text, 4, 11), digits(text, 12, 19)];
    if (text.length !== 19 || high < 0 || low < 0) return 9e15 + placeIn(this.#others, text);
    return placeIn(this.#starts, start) * 1e14 + high * 1e7 + low;
  }
}

function digits(text, from, to) {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function placeIn(map, key) {
  let place = map.get(key);
  if (place === undefined) map.set(key, (place = map.size));
  return place;
}

const cents = (text) => (text === "" ? 0 : Math.round(text * 100));

export class Sums {
  #at;
  #skus = new Map();
  #cells = new Places();
  #day = [];
  #sku = [];
  #orders = [];
  #units = [];
  #gross = [];
  #discount = [];
  #monthOrders = new Map();
  #orderIds = new OrderIds();
  #orderPlaces = new Places();
  // Of each order; most have no other.
  #firstCell = [];
  #firstMonth = [];
  #moreCells = new Places();
  #moreMonths = new Places();

  constructor(header) {
    const at = (name) => header.indexOf(name);
    this.#at = {
      order: at("amazon-order-id"),
      moment: at("purchase-date"),
      status: at("order-status"),
      sku: at("sku"),
      quantity: at("quantity"),
      price: at("item-price"),
      itemDiscount: at("item-promotion-discount"),
      shippingDiscount: at("ship-promotion-discount"),
    };
  }

  add(row) {
    const at = this.#at;
    if (row[at.status] === "Cancelled") return;
    const day = losAngelesDay(row[at.moment]);
    const cell = this.#cell(day, placeIn(this.#skus, row[at.sku]));
    this.#units[cell] += Number(row[at.quantity]);
    this.#gross[cell] += cents(row[at.price]);
    this.#discount[cell] += cents(row[at.itemDiscount]) + cents(row[at.shippingDiscount]);
    this.#count(this.#orderIds.number(row[at.order]), cell, monthOf(day));
  }

  #cell(day, sku) {
    const cell = this.#cells.of(day * 2 ** 24 + sku);
    if (cell === this.#day.length) {
      this.#day.push(day);
      this.#sku.push(sku);
      for (const sums of [this.#orders, this.#units, this.#gross, this.#discount]) sums.push(0);
    }
    return cell;
  }

  // Every order once in each cell and once in each month.
  #count(orderId, cell, month) {
    const order = this.#orderPlaces.of(orderId);
    const isNew = order === this.#firstCell.length;
    if (isNew) {
      this.#firstCell.push(cell);
      this.#firstMonth.push(month);
    }
    if (isNew || (this.#firstCell[order] !== cell && isFirst(this.#moreCells, order, cell))) {
      this.#orders[cell]++;
    }
    if (isNew || (this.#firstMonth[order] !== month && isFirst(this.#moreMonths, order, month))) {
      this.#monthOrders.set(month, (this.#monthOrders.get(month) ?? 0) + 1);
    }
  }

  result() {
    return {
      skus: [...this.#skus.keys()],
      day: Int32Array.from(this.#day),
      sku: Uint32Array.from(this.#sku),
      orders: Uint32Array.from(this.#orders),
      units: Float64Array.from(this.#units),
      gross: Float64Array.from(this.#gross),
      discount: Float64Array.from(this.#discount),
      month: Int32Array.from(this.#monthOrders.keys()),
      monthOrders: Uint32Array.from(this.#monthOrders.values()),
    };
  }

  // What a worker hands over with a result instead of copying it.
  static buffers(result) {
    return Object.values(result).flatMap((column) => column.buffer ?? []);
  }
}

function isFirst(pairs, order, other) {
  const { count } = pairs;
  return pairs.of(order * 2 ** 26 + other) === count;
}
