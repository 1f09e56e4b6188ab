/** What the pages took; standard output of `measure.mts`, as JSON. */
export interface PageFigures {
  deployTab: DeployTabFigures[];
  openTabs: OpenTabsFigures;
  preview: PreviewFigures;
}

/** Of one component while one cluster is down. */
export interface DeployTabFigures {
  component: string;
  /** Cards of the tab. */
  cards: number;
  /** From the tab's mount to its first card, drawn; in ms. */
  firstContent: number[];
  /** The same from the press of the tab. */
  fromPress: number[];
}

/** What open tabs cost one cluster. */
export interface OpenTabsFigures {
  tabs: number;
  /** Of the cluster, while all tabs looked again for some time. */
  seconds: number;
  /** Requests of any kind in that time. */
  requests: number;
  /** From the first tab to the end. */
  elapsedSeconds: number;
  /** Watches opened since the first tab, by what they watch. */
  watches: Record<string, number>;
}

export interface PreviewFigures {
  tags: number;
  /** From opening the form; in ms. */
  firstAnswer: number[];
  /** Until the answer is of all tags. */
  wholeAnswer: number[];
  rules: KeystrokeFigures[];
}

/** Of the keys pressed in one kind of rule; in ms. */
export interface KeystrokeFigures {
  rule: string;
  /** From a key to its letter on the screen. */
  echo: number[];
  /** From a key to what the rule chooses now, on the screen. */
  answer: number[];
  /** Longest that the page was kept from answering at a time. */
  longestTask: number;
}
