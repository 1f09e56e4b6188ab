/** A trigger of a repository. */
export interface Trigger {
  id: string;
  name: string;
  url: string;
}

/** The triggers of one edition's repositories. */
export class Triggers {
  private readonly byRepository = new Map<string, Trigger[]>();
  private nextId = 1;

  of(repository: string): Trigger[] {
    return this.byRepository.get(repository) ?? [];
  }

  /**
   * @param id - of the trigger that is changed; a new one without
   * @returns its id
   */
  put(
    repository: string,
    trigger: Omit<Trigger, 'id'>,
    id = `crw-${this.nextId++}`,
  ): string {
    const others = this.of(repository).filter(each => each.id !== id);
    this.byRepository.set(repository, [...others, { id, ...trigger }]);
    return id;
  }
}
