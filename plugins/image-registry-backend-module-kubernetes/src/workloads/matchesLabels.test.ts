import { labelTest } from './matchesLabels';

const labels = { app: 'web', tier: 'front', empty: '' };

describe('labelTest', () => {
  it.each([
    ['app=web', true],
    ['app==web', true],
    ['app = web', true],
    ['app=api', false],
    ['other=web', false],
    ['app!=api', true],
    ['other!=api', true],
    ['app!=web', false],
    ['app in (api, web)', true],
    ['app in (api,worker)', false],
    ['other in (web)', false],
    ['app notin (api,worker)', true],
    ['app notin (web)', false],
    ['other notin (web)', true],
    ['app', true],
    ['other', false],
    ['!other', true],
    ['!app', false],
    ['empty=', true],
    ['app=web,tier in (front,back),!other', true],
    ['app=web,tier in (back),!other', false],
    ['toString', false],
    ['backstage.io/kubernetes-id=web', false],
  ])('%s: %s', (selector, expected) => {
    expect(labelTest(selector)?.(labels)).toBe(expected);
  });

  it.each(['', 'generation>3', 'app in web', 'a=b=c', 'app in (a', ','])(
    'leaves %j to the API server',
    selector => {
      expect(labelTest(selector)).toBeUndefined();
    },
  );
});
