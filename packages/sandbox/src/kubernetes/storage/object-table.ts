import { AnyObject } from '../objects';

/** The objects of one resource in the order of keys, like etcd. */
export class ObjectTable {
  private readonly objects = new Map<string, AnyObject>();
  /** Sorted by UTF-16 code units. */
  private readonly keys: string[] = [];

  get(key: string): AnyObject | undefined {
    return this.objects.get(key);
  }

  set(key: string, object: AnyObject): void {
    if (!this.objects.has(key)) {
      this.keys.splice(this.placeOf(key), 0, key);
    }
    this.objects.set(key, object);
  }

  delete(key: string): void {
    if (this.objects.delete(key)) {
      this.keys.splice(this.placeOf(key), 1);
    }
  }

  /** @param namespace - without it, all objects */
  list(namespace: string | undefined): AnyObject[] {
    const keys = namespace ? this.keysWithin(namespace) : this.keys;
    return keys.map(key => this.objects.get(key)!);
  }

  copy(): ObjectTable {
    const copy = new ObjectTable();
    copy.keys.push(...this.keys);
    this.objects.forEach((object, key) => copy.objects.set(key, object));
    return copy;
  }

  private keysWithin(namespace: string): string[] {
    const prefix = keyOf(namespace, '');
    const first = this.placeOf(prefix);
    let end = first;
    while (this.keys[end]?.startsWith(prefix)) {
      end++;
    }
    return this.keys.slice(first, end);
  }

  /** Index of the first key that does not come before this one. */
  private placeOf(key: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.keys[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Where etcd would sort the object. */
export function keyOf(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}
