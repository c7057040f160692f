/** The factories of JSON parsers and generators; needs Jackson's core alone. */
@NullMarked
package dev.pawl.base.json;

import org.jspecify.annotations.NullMarked;
