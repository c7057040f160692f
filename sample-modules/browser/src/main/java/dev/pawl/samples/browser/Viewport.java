package dev.pawl.samples.browser;

import org.jspecify.annotations.Nullable;

/**
 * The look of the browser to its pages.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param userAgent Chromium's own when null
 */
record Viewport(int width, int height, @Nullable String userAgent) {}
