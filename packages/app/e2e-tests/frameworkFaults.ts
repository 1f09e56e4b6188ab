/**
 * Findings of axe in what the framework draws around our content, or in what
 * its components make of correct input. Each is reported at its source, not
 * here.
 */
export interface FrameworkFault {
  /** Of axe. */
  rule: string;
  /** Matches the element or something around it. */
  selector: string;
  reason: string;
}

export const frameworkFaults: FrameworkFault[] = [];
