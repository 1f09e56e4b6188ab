import { CharacterSet, noCharacter } from './CharacterSet';
import { Expression } from './Expression';

/** What every match begins with, and whether a match is nothing more. */
interface Start {
  text: string;
  isWhole: boolean;
}

const unknown: Start = { text: '', isWhole: false };

/** The text that everything an expression matches begins with. */
export function startOfExpression(expression: Expression): string {
  return startOf(expression).text;
}

function startOf(expression: Expression): Start {
  switch (expression.kind) {
    case 'set':
      return startOfSet(expression.set);
    case 'sequence':
      return startOfSequence(expression.parts);
    case 'repeat':
      return expression.least === 0
        ? unknown
        : { text: startOf(expression.body).text, isWhole: false };
    case 'group':
      return startOf(expression.body);
    default:
      return unknown;
  }
}

function startOfSequence(parts: readonly Expression[]): Start {
  let text = '';
  for (const part of parts) {
    const start = startOf(part);
    text += start.text;
    if (!start.isWhole) {
      return { text, isWhole: false };
    }
  }
  return { text, isWhole: true };
}

/** A set of one character is a power of two. */
function startOfSet(set: CharacterSet): Start {
  const isOne =
    set !== noCharacter && (set & (set - BigInt(1))) === noCharacter;
  return isOne
    ? {
        text: String.fromCharCode(set.toString(2).length - 1),
        isWhole: true,
      }
    : unknown;
}
