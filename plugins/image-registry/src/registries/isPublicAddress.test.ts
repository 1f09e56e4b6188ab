import { isPublicAddress } from './isPublicAddress';

describe('isPublicAddress', () => {
  it.each([
    ['https://portal.example.com', true],
    ['https://portal.example.com:7007/backstage', true],
    ['http://203.0.113.9:7007', true],
    ['http://localhost:7007', false],
    ['http://127.0.0.1:7007', false],
    ['http://10.2.0.7', false],
    ['http://172.31.0.1', false],
    ['http://172.32.0.1', true],
    ['http://192.168.1.2', false],
    ['http://[::1]:7007', false],
    ['http://[fd00::1]', false],
    ['http://portal', false],
    ['http://portal.local', false],
    ['not an address', false],
  ])('%s: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});
