/** TLS: the certificate of the server, its renewal, and the protocols above it. Loaded only when there is a certificate. */
@NullMarked
package dev.pawl.http.tls;

import org.jspecify.annotations.NullMarked;
