/** Folders that are kept in mind; a hostile archive may hold millions. */
const KEPT = 10_000;

/** Folders of an archive in which nothing lies. */
export class EmptyFolders {
  readonly #empty = new Set<string>();
  readonly #filled = new Set<string>();

  /** Takes a member's name; of a folder it may end in `/`. */
  add(name: string, folder: boolean): void {
    const path = name.replace(/^(?:\.\/)+/, '').replace(/\/{1,64}$/, '');
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (this.#filled.has(parent)) break;
      this.#empty.delete(parent);
      if (this.#filled.size < KEPT) this.#filled.add(parent);
    }
    if (folder && path !== '' && path !== '.' && !this.#filled.has(path) && this.#empty.size < KEPT)
      this.#empty.add(path);
  }

  /** Their names, in the order of the archive. */
  names(): string[] {
    // beyond the limit an ancestor may have been forgotten
    return this.#filled.size < KEPT ? [...this.#empty] : [];
  }
}
