/** An expression that a tag is matched against as a whole. */
export interface TagPattern {
  /** Names of the groups by their number less one; undefined: no name. */
  readonly groups: readonly (string | undefined)[];
  /** In time linear in the tag. */
  test(tag: string): boolean;
  /**
   * What the groups hold, by their number, 0 being the whole tag; undefined
   * for a group that takes no part. In time linear in the tag.
   * @returns undefined when the tag does not match
   */
  capture(tag: string): readonly (string | undefined)[] | undefined;
}
