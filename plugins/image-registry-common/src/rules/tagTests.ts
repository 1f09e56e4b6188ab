import { Reason } from '../reason';
import { isTag } from '../reference';
import { isArtifactTag } from './artifactTags';
import { TagTest } from './CompiledRule';
import { ruleReasons } from './reasons';

export function accepted(reason: Reason): TagTest {
  return { accepted: true, reason };
}

export function rejected(reason: Reason): TagTest {
  return { accepted: false, reason };
}

const invalid = rejected(ruleReasons.tagInvalid());
const artifact = rejected(ruleReasons.tagIsArtifact());

/** Why no image can be pulled by a tag; undefined when one can. */
export function testImageTag(tag: string): TagTest | undefined {
  if (!isTag(tag)) {
    return invalid;
  }
  return isArtifactTag(tag) ? artifact : undefined;
}
