const IPV4 = /(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w]|\.\d)/g;
const DASHED = /(?<![\w])((?:ip|dhcp|host|node)-)(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})(?![\w-])/gi;
const MAC = /(?<![\w:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![\w:])/gi;
const IPV6 = /(?<![\w:.])[0-9a-f:]{3,39}(?![\w:])/gi;
const IPV6_PARTS = /^(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$/i;
const MAC_WHOLE = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;
const HEX4 = /\b([0-9A-F]{8}):([0-9A-F]{4})\b/g;
const HEX6 = /\b([0-9A-F]{32}):([0-9A-F]{4})\b/g;

/** False addresses: those of one /24 (IPv6: one /64) stay neighbours; loopback, any and broadcast stay what they are. */
export class Addresses {
  readonly #map = new Map<string, string>();
  readonly #networks = new Map<string, { readonly prefix: string; hosts: number }>();
  #replaced = 0;

  get replaced(): number {
    return this.#replaced;
  }

  text(text: string): string {
    return text
      .replace(
        DASHED,
        (_, word: string, a: string, b: string, c: string, d: string) =>
          word + this.#v4([a, b, c, d]).replaceAll('.', '-'),
      )
      .replace(MAC, (found) =>
        this.#other(
          found.toLowerCase(),
          (n) => `02:00:00:${[16, 8, 0].map((s) => ((n >> s) & 255).toString(16).padStart(2, '0')).join(':')}`,
        ),
      )
      .replace(IPV4, (whole, a: string, b: string, c: string, d: string) =>
        [a, b, c, d].some((part) => Number(part) > 255) ? whole : this.#v4([a, b, c, d]),
      )
      .replace(IPV6, (found) => this.#v6(found));
  }

  /** Hexadecimal addresses of /proc/net/tcp and its kin: bytes of IPv4 in reverse order. */
  hex(text: string): string {
    const four = (hex: string): string => {
      const bytes = [6, 4, 2, 0].map((at) => String(parseInt(hex.slice(at, at + 2), 16)));
      const made = this.#v4(bytes)
        .split('.')
        .map((part) => Number(part).toString(16).padStart(2, '0').toUpperCase());
      return made.reverse().join('');
    };
    return text
      .replace(HEX6, (_, address: string, port: string) => {
        if (/^0+$|^0{16}0{8}|^0{24}01000000$/.test(address)) return `${address}:${port}`;
        const mapped = address.slice(0, 24) === '0000000000000000FFFF0000';
        return `${mapped ? address.slice(0, 24) + four(address.slice(24)) : this.#other(address, (n) => `000080FE00000000${n.toString(16).toUpperCase().padStart(16, '0')}`)}:${port}`;
      })
      .replace(HEX4, (_, address: string, port: string) => `${four(address)}:${port}`);
  }

  /** True address → false one. */
  map(): ReadonlyMap<string, string> {
    return this.#map;
  }

  #v4(parts: readonly string[]): string {
    const address = parts.map(Number).join('.');
    if (/^(?:127\.|0\.0\.0\.0$|255\.)/.test(address)) return address;
    return this.#neighbour(
      address,
      address.slice(0, address.lastIndexOf('.')),
      (n) => `10.${(n >> 8) & 255}.${n & 255}.`,
      254,
    );
  }

  #v6(found: string): string {
    // seven colons or a gap: a time of day has neither
    const whole = (found.match(/:/g) ?? []).length === 7 || found.split('::').length === 2;
    if (!whole || !IPV6_PARTS.test(found) || MAC_WHOLE.test(found) || /^:*1?$/.test(found)) return found;
    const address = found.toLowerCase();
    return this.#neighbour(
      address,
      address.split(':').slice(0, 4).join(':'),
      (n) => `fd00:0:0:${n.toString(16)}::`,
      65_535,
    );
  }

  #neighbour(address: string, network: string, prefix: (n: number) => string, most: number): string {
    this.#replaced++;
    const known = this.#map.get(address);
    if (known !== undefined) return known;
    const place = this.#networks.get(network) ?? { prefix: prefix(this.#networks.size + 1), hosts: 0 };
    this.#networks.set(network, place);
    place.hosts = Math.min(most, place.hosts + 1);
    const host = address.includes(':') ? place.hosts.toString(16) : String(place.hosts);
    this.#map.set(address, place.prefix + host);
    return place.prefix + host;
  }

  #other(from: string, make: (n: number) => string): string {
    this.#replaced++;
    const known = this.#map.get(from) ?? make(this.#map.size + 1);
    this.#map.set(from, known);
    return known;
  }
}
