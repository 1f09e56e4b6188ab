import { defineConfig } from '@playwright/test';
import {
  chromiumArguments,
  findChromium,
} from './scripts/browser/chromium.mts';

/**
 * Browser tests. They share one portal, which the set-up builds and starts on
 * free ports with an empty data folder.
 */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  globalSetup: './packages/app/e2e-tests/startPortal.ts',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: {
      executablePath: findChromium(),
      args: chromiumArguments,
    },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
