import { TagRule } from '../tagRule';
import { Evidence, PeerAnswer, PolicyCase } from './PolicyCase';

const evidenceWords: Record<Evidence, string> = {
  run: 'run',
  read: 'read in its source',
  reported: 'reported',
};

/** The corpus as a page of the documentation. */
export function renderCorpus(cases: readonly PolicyCase[]): string {
  return `${[
    '# What rules choose, and what others choose',
    '',
    'Each case is a test: `plugins/image-registry-common/src/rules/corpus`. Ours must give the answer of the second column for the listing in 1 000 orders, by the choice alone and with the explanation, and where events are given, also push by push. A test compares this page with the cases.',
    '',
    'Of the others: *run* means that their own code was run with such tags, *read in its source* that the source was read, *reported* that their users report it. Versions looked at: Flux image-reflector-controller 1.2.0, Argo CD Image Updater 1.x (August 2026), Keel (August 2026), Kargo 1.11, Rainbond console (August 2026), node-semver 7.',
    '',
    `| case (${cases.length}) | right, and ours | others |`,
    '| --- | --- | --- |',
    ...cases.map(
      one =>
        `| **${one.name}.** ${escape(one.why)}<br>${ruleOf(
          one.rule,
        )}<br>${tagsOf(one)} | ${answerOf(one)} | ${one.peers
          .map(peerOf)
          .join('<br>')} |`,
    ),
    '',
    'Time: hostile expressions and tags of 128 characters need linear time (`patterns/compilePattern.test.ts`). Rainbond leaves a user’s expression to Python’s engine, which backtracks (read in its source).',
  ].join('\n')}\n`;
}

function ruleOf(rule: TagRule): string {
  return `Rule \`${escape(JSON.stringify(rule))}\``;
}

function tagsOf({ tags, pushes }: PolicyCase): string {
  const listed = tags.map(({ tag }) => `\`${shortened(tag)}\``).join(', ');
  const heard = pushes?.map(position => `\`${shortened(tags[position].tag)}\``);
  return `Tags ${listed}${heard ? `; events ${heard.join(', ')}` : ''}`;
}

function answerOf({ right, blocked }: PolicyCase): string {
  return right === undefined
    ? `nothing: \`${blocked}\``
    : `\`${shortened(right)}\``;
}

function peerOf({ peer, answer, evidence, source }: PeerAnswer): string {
  const proof = source ?? evidenceWords[evidence];
  return `${peer}: ${escape(answer)} (${proof})`;
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|');
}

function shortened(tag: string): string {
  return tag.replace(/a{64}/, 'aa…');
}
