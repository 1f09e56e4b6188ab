import '../../../scripts/test/jsdom';
