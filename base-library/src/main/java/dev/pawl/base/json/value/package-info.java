/** JSON text to values of the JDK and back; needs Jackson's databind. */
@NullMarked
package dev.pawl.base.json.value;

import org.jspecify.annotations.NullMarked;
