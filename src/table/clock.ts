import type { FileClock } from '../importers/importer.js';
import type { Column } from './columns.js';
import { readTime, type DateOrders } from './times.js';

/** Turns the cells of one time column into instants, and finds out what clock they are on. */
export class TimeColumn {
  readonly index: number;
  readonly #orders: DateOrders;
  readonly #relative: number | undefined;
  readonly #start: number;
  readonly #offsets = new Set<number>();
  #locals = 0;
  #epochs = 0;
  #last = '';
  #lastTime: number | null = null;

  /** @param relative ms per unit of times that count from `start` (0 when unknown) */
  constructor(column: Column, relative?: number, start?: number) {
    this.index = column.index;
    this.#orders = column.order.orders;
    this.#relative = relative;
    this.#start = start ?? 0;
  }

  /** Epoch ms (of local times as if they were UTC), null when the cell is no time. */
  read(cell: string): number | null {
    // long layouts repeat the time of the row before
    if (cell === this.#last) return this.#lastTime;
    this.#last = cell;
    this.#lastTime = this.#relative === undefined ? this.#stated(cell) : this.#counted(cell, this.#relative);
    return this.#lastTime;
  }

  #stated(cell: string): number | null {
    const stated = readTime(cell, this.#orders);
    if (stated === null) return null;
    if (stated.kind === 'local') this.#locals++;
    else if (stated.kind === 'epoch') this.#epochs++;
    else this.#offsets.add(stated.offset ?? 0);
    return stated.time;
  }

  #counted(cell: string, unit: number): number | null {
    const value = cell.trim() === '' ? NaN : Number(cell.replace(',', '.'));
    return Number.isFinite(value) ? this.#start + value * unit : null;
  }

  /** What the cells read so far say of the clock. */
  clock(): FileClock {
    if (this.#relative !== undefined) return this.#start > 0 ? { kind: 'utc' } : { kind: 'relative' };
    if (this.#locals > 0) return { kind: 'local' };
    if (this.#offsets.size > 0 && this.#epochs === 0)
      return { kind: 'offset', zone: [...this.#offsets].map(offsetText).join(', ') };
    return { kind: 'utc' };
  }
}

/** `+08:00` of 480 minutes. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const HOUR = 3_600_000;

/**
 * Local times that go back by about an hour, as clocks do in autumn: from there on an hour is added, so that order and
 * distances are kept. The instants are remembered, for the day the zone is known.
 */
export class Unfolder {
  readonly folds: number[] = [];
  #shift = 0;
  #last = NaN;
  #step = NaN;

  next(time: number): number {
    const shifted = time + this.#shift;
    const step = shifted - this.#last;
    if (step < 0 && this.#step > 0 && Math.abs(step + HOUR - this.#step) <= this.#step / 2 && this.#step < HOUR) {
      this.#shift += HOUR;
      this.folds.push(shifted + HOUR);
      this.#last = shifted + HOUR;
      return this.#last;
    }
    if (step > 0) this.#step = step;
    this.#last = shifted;
    return shifted;
  }
}
