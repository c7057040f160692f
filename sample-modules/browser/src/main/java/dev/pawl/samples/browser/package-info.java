/** The module browser: pages in a pooled headless Chromium, steered over the DevTools protocol. */
@NullMarked
package dev.pawl.samples.browser;

import org.jspecify.annotations.NullMarked;
