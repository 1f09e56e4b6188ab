export * from './SignalPublisher';
