/** What an operator may set, where it comes from, and how it is checked. */
@NullMarked
package dev.pawl.runtime.settings;

import org.jspecify.annotations.NullMarked;
