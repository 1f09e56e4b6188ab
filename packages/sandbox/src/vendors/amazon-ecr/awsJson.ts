import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { Identities, Identity } from './Identities';
import { verifySignature } from './signature';

/** The members of a request; of another type than expected, they are absent. */
export class AwsInput {
  private readonly members: Record<string, unknown>;

  constructor(body: unknown) {
    this.members =
      typeof body === 'object' && body !== null
        ? (body as Record<string, unknown>)
        : {};
  }

  text(name: string): string | undefined {
    const value = this.members[name];
    return typeof value === 'string' ? value : undefined;
  }

  texts(name: string): string[] | undefined {
    const value = this.members[name];
    return Array.isArray(value) ? value.map(String) : undefined;
  }

  number(name: string): number | undefined {
    const value = this.members[name];
    return typeof value === 'number' ? value : undefined;
  }

  object(name: string): AwsInput {
    return new AwsInput(this.members[name]);
  }
}

/** An operation of an API of AWS that speaks JSON 1.1. */
export interface AwsOperation {
  /** IAM action. */
  action: string;
  answer(input: AwsInput, caller: Identity): VendorAnswer;
}

/** The error of an operation. */
export function awsError(type: string, message: string): VendorAnswer {
  return jsonAnswer(
    { __type: type, message },
    {
      status: 400,
      headers: { 'Content-Type': 'application/x-amz-json-1.1' },
    },
  );
}

/** The answer of an operation; times are seconds since 1970. */
export function awsAnswer(value: unknown): VendorAnswer {
  return jsonAnswer(value, {
    headers: { 'Content-Type': 'application/x-amz-json-1.1' },
  });
}

/** Entries of a page: services may return fewer than `maxResults`. */
const PAGE = 100;

/** Cuts a page out of a list. */
export function awsPage<T>(
  entries: readonly T[],
  input: AwsInput,
): { items: T[]; nextToken?: string } {
  const token = input.text('nextToken');
  const start = token
    ? Number(Buffer.from(token, 'base64url').toString('utf8'))
    : 0;
  const end = start + Math.min(input.number('maxResults') ?? PAGE, PAGE);
  return {
    items: entries.slice(start, end),
    ...(end < entries.length && {
      nextToken: Buffer.from(String(end)).toString('base64url'),
    }),
  };
}

/** Verifies who calls, and that they may, before the operation answers. */
export function answerAwsJson(
  request: VendorRequest,
  identities: Identities,
  operations: Readonly<Record<string, AwsOperation>>,
): VendorAnswer {
  const target = String(request.headers['x-amz-target'] ?? '');
  const operation = operations[target.split('.').at(-1) ?? ''];
  if (request.method !== 'POST' || !operation) {
    return awsError('UnknownOperationException', `Unknown operation ${target}`);
  }
  const caller = verifySignature(request, identities);
  if ('type' in caller) {
    return awsError(caller.type, caller.message);
  }
  if (!caller.mayRead) {
    return awsError(
      'AccessDeniedException',
      `User: ${caller.arn} is not authorized to perform: ${operation.action} on resource: * because no identity-based policy allows the ${operation.action} action`,
    );
  }
  return operation.answer(new AwsInput(jsonBodyOf(request)), caller);
}
