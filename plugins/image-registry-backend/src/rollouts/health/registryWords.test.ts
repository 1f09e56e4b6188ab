import { REGISTRY_REFUSES_FOR_NOW } from '@slipway/backstage-plugin-image-registry-node';
import { registryWords } from './registryWords';

const severity =
  "current image with 12 vulnerabilities cannot be pulled due to configured policy in 'Prevent images with vulnerability severity of High'";
const unscanned =
  "current image without vulnerability scanning cannot be pulled due to configured policy in 'Prevent images with vulnerability severity of High'";

describe('registryWords', () => {
  it.each([
    [
      'Harbor',
      'held-back',
      '412 Precondition Failed',
      'Waiting: Harbor is scanning',
    ],
    ['Harbor', 'held-back', unscanned, 'Waiting: Harbor is scanning'],
    [
      'Harbor',
      'held-back',
      severity,
      'Waiting: Harbor holds the image back for now',
    ],
    [
      'Nexus',
      'held-back',
      '412',
      'Waiting: Nexus holds the image back for now',
    ],
    [undefined, 'limit', '429', 'Waiting: the registry throttles'],
    ['Quay', 'failure', '503', 'Waiting: Quay fails to answer'],
  ])('of %s, %s: %s', (title, cause, detail, message) => {
    const reason = registryWords(title)({
      code: REGISTRY_REFUSES_FOR_NOW,
      message: 'Pod web-1: …',
      params: { cause, detail },
    });
    expect(reason).toMatchObject({ message, params: { detail } });
  });

  it.each([
    ['pending', 'Waiting: Nexus is scanning'],
    ['not-scanned', 'Waiting: Nexus is scanning'],
    ['finished', 'Waiting: Nexus holds the image back for now'],
    ['failed', 'Waiting: Nexus holds the image back for now'],
  ] as const)('believes a registry whose scan is %s', (scan, message) => {
    const reason = registryWords(
      'Nexus',
      scan,
    )({
      code: REGISTRY_REFUSES_FOR_NOW,
      message: 'Pod web-1: …',
      params: { cause: 'held-back', detail: '412' },
    });
    expect(reason.message).toBe(message);
  });

  it('leaves other reasons as they are', () => {
    const reason = { code: 'crash-looping', message: 'web-1 crashed' };
    expect(registryWords('Harbor')(reason)).toBe(reason);
  });
});
