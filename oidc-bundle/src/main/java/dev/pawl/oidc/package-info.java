/** Bearer tokens that an OpenID Connect issuer gives to programs and people. */
@NullMarked
package dev.pawl.oidc;

import org.jspecify.annotations.NullMarked;
