import { PropsWithChildren } from 'react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryApiRef } from '../api';
import { useImageRegistryQuery } from './useImageRegistryQuery';

function setup(options: { signals: boolean }) {
  let send: (signal: ImageRegistrySignal) => void = () => {};
  const signalApi = {
    subscribe: (_channel: string, onMessage: (message: never) => void) => {
      send = onMessage as unknown as typeof send;
      return { unsubscribe: () => {} };
    },
  };
  const api = {};
  const wrapper = ({ children }: PropsWithChildren) => (
    <TestApiProvider
      apis={[
        [imageRegistryApiRef, api],
        ...(options.signals ? [[signalApiRef, signalApi] as const] : []),
      ]}
    >
      {children}
    </TestApiProvider>
  );
  return { wrapper, send: (signal: ImageRegistrySignal) => send(signal) };
}

const rollout = (entityRef: string): ImageRegistrySignal => ({
  topic: 'rollout',
  id: '1',
  entityRef,
});

describe('useImageRegistryQuery', () => {
  afterEach(() => jest.useRealTimers());

  it('keeps the old value while it fetches again, and after a failure', async () => {
    const { wrapper } = setup({ signals: true });
    const read = jest.fn().mockResolvedValueOnce('first');
    const { result } = renderHook(() => useImageRegistryQuery(read, []), {
      wrapper,
    });
    expect(result.current.loading).toBe(true);
    await waitFor(() => expect(result.current.value).toBe('first'));

    read.mockRejectedValueOnce(new Error('down'));
    act(() => {
      result.current.refetch();
    });
    expect(result.current).toMatchObject({ loading: false, value: 'first' });
    await waitFor(() => expect(result.current.error?.message).toBe('down'));
    expect(result.current.value).toBe('first');
  });

  it('aborts what is not wanted any more', async () => {
    const { wrapper } = setup({ signals: true });
    const aborted: string[] = [];
    const { result, rerender } = renderHook(
      ({ id }) =>
        useImageRegistryQuery(
          async (_, signal) => {
            signal.addEventListener('abort', () => aborted.push(id));
            return id;
          },
          [id],
        ),
      { wrapper, initialProps: { id: 'a' } },
    );
    rerender({ id: 'b' });
    await waitFor(() => expect(result.current.value).toBe('b'));
    expect(aborted).toEqual(['a']);
  });

  it('fetches again once for a burst of signals about its component', async () => {
    jest.useFakeTimers();
    const { wrapper, send } = setup({ signals: true });
    const read = jest.fn(async () => 'value');
    renderHook(
      () =>
        useImageRegistryQuery(read, [], {
          topics: ['rollout'],
          entityRef: 'component:default/web',
        }),
      { wrapper },
    );
    await act(() => jest.advanceTimersByTimeAsync(0));
    expect(read).toHaveBeenCalledTimes(1);

    send(rollout('component:default/other'));
    send({ topic: 'registry', id: 'hub' });
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(read).toHaveBeenCalledTimes(1);

    send(rollout('component:default/web'));
    await act(() => jest.advanceTimersByTimeAsync(0));
    send(rollout('component:default/web'));
    send(rollout('component:default/web'));
    await act(() => jest.advanceTimersByTimeAsync(499));
    expect(read).toHaveBeenCalledTimes(2);
    await act(() => jest.advanceTimersByTimeAsync(1));
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('fetches again for a freeze of everything, and for its own', async () => {
    jest.useFakeTimers();
    const { wrapper, send } = setup({ signals: true });
    const read = jest.fn(async () => 'value');
    const entityRef = 'component:default/web';
    renderHook(
      () => useImageRegistryQuery(read, [], { topics: ['freeze'], entityRef }),
      { wrapper },
    );
    await act(() => jest.advanceTimersByTimeAsync(0));

    send({ topic: 'freeze', entityRef: 'component:default/other' });
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(read).toHaveBeenCalledTimes(1);
    send({ topic: 'freeze' });
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(read).toHaveBeenCalledTimes(2);
    send({ topic: 'freeze', entityRef: undefined });
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(read).toHaveBeenCalledTimes(3);
    send({ topic: 'freeze', entityRef });
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(read).toHaveBeenCalledTimes(4);
  });

  it('shows answers also while updates come faster than they do', async () => {
    jest.useFakeTimers();
    const { wrapper, send } = setup({ signals: true });
    let asked = 0;
    const read = async () => {
      const answer = ++asked;
      await new Promise(resolve => {
        setTimeout(resolve, 900);
      });
      return answer;
    };
    const { result } = renderHook(
      () => useImageRegistryQuery(read, [], { topics: ['rollout'] }),
      { wrapper },
    );
    await act(() => jest.advanceTimersByTimeAsync(900));
    expect(result.current.value).toBe(1);

    for (let elapsed = 0; elapsed < 2_000; elapsed += 400) {
      send(rollout('component:default/web'));
      await act(() => jest.advanceTimersByTimeAsync(400));
    }
    expect(result.current.value).toBe(3);
    // The last update is not lost: it came after the answer's question.
    await act(() => jest.advanceTimersByTimeAsync(900));
    expect(result.current).toMatchObject({ value: 4, refetching: false });
    expect(asked).toBe(4);
  });

  it('gives up an answer that does not come', async () => {
    jest.useFakeTimers();
    const { wrapper, send } = setup({ signals: true });
    const read = jest
      .fn(async () => 'second')
      .mockImplementationOnce(() => new Promise(() => {}));
    const { result } = renderHook(
      () => useImageRegistryQuery(read, [], { topics: ['rollout'] }),
      { wrapper },
    );
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    send(rollout('component:default/web'));
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(result.current.value).toBe('second');
  });

  it('fetches again for another revision, and shows the old value meanwhile', async () => {
    const { wrapper } = setup({ signals: true });
    const read: jest.Mock<Promise<number>> = jest.fn(
      async () => read.mock.calls.length,
    );
    const { result, rerender } = renderHook(
      ({ revision }) => useImageRegistryQuery(read, [], { revision }),
      { wrapper, initialProps: { revision: 'a' } },
    );
    await waitFor(() => expect(result.current.value).toBe(1));
    rerender({ revision: 'a' });
    rerender({ revision: 'b' });
    expect(result.current).toMatchObject({ value: 1, loading: false });
    await waitFor(() => expect(result.current.value).toBe(2));
  });

  it.each([
    [true, 1],
    [false, 3],
  ])('polls only without signals (%s)', async (signals, calls) => {
    jest.useFakeTimers();
    const { wrapper } = setup({ signals });
    const read = jest.fn(async () => 'value');
    renderHook(
      () => useImageRegistryQuery(read, [], { topics: ['registry'] }),
      { wrapper },
    );
    await act(() => jest.advanceTimersByTimeAsync(20_500));
    expect(read).toHaveBeenCalledTimes(calls);
  });
});
