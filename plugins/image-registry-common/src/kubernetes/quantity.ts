import { Reason } from '../reason';
import { kubernetesReason } from './reasons';

/**
 * A number with a unit, as apimachinery's `resource.Quantity` reads it
 * (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
 */
const pattern =
  /^([+-]?)(\d+\.?\d*|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?)|[eE]([+-]?\d{1,3}))$/;

/** Decimal units as powers of ten. */
const decimalUnits: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** Binary units as powers of two. */
const binaryUnits: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};

/** Quantities are told apart down to 10⁻⁹, and rounded up below. */
const NANO_DIGITS = 9;

/**
 * The amount in units of 10⁻⁹.
 * @returns undefined when the text is no quantity
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = pattern.exec(text);
  if (!match) {
    return undefined;
  }
  const [, sign, number, unit = '', exponent] = match;
  const [whole, fraction = ''] = number.split('.');
  const digits = BigInt(`${whole}${fraction}` || '0');
  const binary = binaryUnits[unit];
  const scaled = binary === undefined ? digits : digits << BigInt(binary);
  const power =
    NANO_DIGITS -
    fraction.length +
    (exponent === undefined ? decimalUnits[unit] ?? 0 : Number(exponent));
  const nano =
    power >= 0
      ? scaled * 10n ** BigInt(power)
      : divideUp(scaled, 10n ** BigInt(-power));
  return sign === '-' ? -nano : nano;
}

function divideUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

/** Writes an amount in 10⁻⁹ as a plain decimal number, for messages and sums. */
export function formatQuantity(nano: bigint): string {
  const sign = nano < 0n ? '-' : '';
  const text = String(nano < 0n ? -nano : nano).padStart(NANO_DIGITS + 1, '0');
  const whole = text.slice(0, -NANO_DIGITS);
  const fraction = text.slice(-NANO_DIGITS).replace(/0+$/, '');
  if (fraction === '') {
    return `${sign}${whole}`;
  }
  return fraction.length <= 3
    ? `${sign}${BigInt(whole + fraction.padEnd(3, '0'))}m`
    : `${sign}${whole}.${fraction}`;
}

/** What is wrong with an amount of a resource; undefined: nothing. */
export function quantityProblem(text: string): Reason | undefined {
  const nano = parseQuantity(text);
  if (nano === undefined) {
    return kubernetesReason('quantity-invalid', { value: text });
  }
  return nano < 0n
    ? kubernetesReason('quantity-negative', { value: text })
    : undefined;
}

/** What is wrong with the size of a claim: it must be more than nothing. */
export function claimSizeProblem(text: string): Reason | undefined {
  const wrong = quantityProblem(text);
  return (
    wrong ??
    (parseQuantity(text) === 0n
      ? kubernetesReason('quantity-not-positive', { value: text })
      : undefined)
  );
}

/** What is wrong with a request beside its limit. */
export function requestProblem(
  request: string | undefined,
  limit: string | undefined,
): Reason | undefined {
  const asked = request === undefined ? undefined : parseQuantity(request);
  const most = limit === undefined ? undefined : parseQuantity(limit);
  return asked !== undefined && most !== undefined && asked > most
    ? kubernetesReason('request-above-limit', {
        value: request ?? '',
        limit: limit ?? '',
      })
    : undefined;
}
