/** The first module anybody runs. */
@NullMarked
package dev.pawl.samples.hello;

import org.jspecify.annotations.NullMarked;
