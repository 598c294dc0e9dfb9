import { defineConfig } from "@playwright/test";

// The tests start their own servers: each gets its own data and its own clock.
export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 360, height: 780 },
    locale: "en-GB",
    actionTimeout: 8_000,
    timezoneId: "Europe/London",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
