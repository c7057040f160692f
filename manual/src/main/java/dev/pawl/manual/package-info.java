/** Makes the manual: a static site of the pages in docs/, and of what the code says of itself. */
@NullMarked
package dev.pawl.manual;

import org.jspecify.annotations.NullMarked;
