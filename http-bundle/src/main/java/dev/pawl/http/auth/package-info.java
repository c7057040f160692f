/** Access control: tokens, roles, and the checks of Host and Origin. */
@NullMarked
package dev.pawl.http.auth;

import org.jspecify.annotations.NullMarked;
