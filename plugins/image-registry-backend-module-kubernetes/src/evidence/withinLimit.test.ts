import {
  EVIDENCE_LIMIT_BYTES,
  RolloutEvidence,
} from '@slipway/backstage-plugin-image-registry-node';
import { withinLimit } from './withinLimit';

const empty: RolloutEvidence = {
  logs: [],
  events: [],
  pullMessages: [],
  truncated: false,
};

function event(message: string) {
  return {
    kind: 'Pod',
    name: 'cart-1',
    type: 'Warning' as const,
    reason: 'BackOff',
    message,
    count: 1,
  };
}

describe('withinLimit', () => {
  it('leaves what fits as it is', () => {
    const small: RolloutEvidence = {
      logs: [{ pod: 'a', container: 'web', previous: false, text: 'one\n' }],
      events: [event('twice')],
      pullMessages: ['not found'],
      truncated: false,
    };
    expect(withinLimit(small)).toEqual(small);
  });

  it('keeps the end of logs, in whole lines', () => {
    const text = Array.from({ length: 5_000 }, (_, n) => `line ${n}\n`).join(
      '',
    );
    const logs = ['a', 'b', 'c'].map(pod => ({
      pod,
      container: 'web',
      previous: false,
      text,
    }));
    const fitted = withinLimit({ ...empty, logs });
    expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThanOrEqual(
      EVIDENCE_LIMIT_BYTES,
    );
    expect(fitted.truncated).toBe(true);
    expect(fitted.logs).toHaveLength(3);
    for (const kept of fitted.logs) {
      expect(kept.text).toMatch(/^line \d+\n/);
      expect(kept.text).toMatch(/line 4999\n$/);
    }
  });

  it.each([
    ['one endless line of many bytes', { logs: [log('é'.repeat(200_000))] }],
    ['very many events', { events: Array.from({ length: 900 }, huge) }],
    ['very long messages', { pullMessages: ['x'.repeat(900_000)] }],
  ])('fits %s', (_, parts) => {
    const fitted = withinLimit({ ...empty, ...parts });
    expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThanOrEqual(
      EVIDENCE_LIMIT_BYTES,
    );
  });

  it('takes the newest events, which stand first', () => {
    const events = Array.from({ length: 60 }, (_, n) => event(`${n}`));
    const fitted = withinLimit({ ...empty, events });
    expect(fitted.events[0].message).toBe('0');
    expect(fitted.events).toHaveLength(40);
    expect(fitted.truncated).toBe(true);
  });
});

function log(text: string) {
  return { pod: 'a', container: 'web', previous: true, text };
}

function huge() {
  return event('y'.repeat(50_000));
}
