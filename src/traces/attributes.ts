import { get, list, str } from '../dump/json.js';

/** Text of an OTLP AnyValue: string, number, boolean; nested ones as JSON. Empty when absent. */
export function anyValue(value: unknown): string {
  for (const name of ['stringValue', 'intValue', 'doubleValue', 'boolValue', 'string_value', 'int_value'] as const) {
    const found = get(value, name);
    if (found !== undefined && found !== null) return typeof found === 'boolean' ? String(found) : (str(found) ?? '');
  }
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const nested = get(value, 'kvlistValue', 'values') ?? get(value, 'arrayValue', 'values') ?? get(value, 'bytesValue');
  return nested === undefined ? '' : JSON.stringify(nested);
}

/** Attributes `[{"key":"service.name","value":{"stringValue":"web"}}]` as a map; the first of equal keys wins. */
export function attributes(value: unknown): Map<string, string> {
  const found = new Map<string, string>();
  for (const attribute of list(value)) {
    const key = str(get(attribute, 'key'));
    if (key !== undefined && !found.has(key)) found.set(key, anyValue(get(attribute, 'value')));
  }
  return found;
}
