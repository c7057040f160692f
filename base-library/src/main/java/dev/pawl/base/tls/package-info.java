/** Certificates and keys as files: PEM, the little DER that it needs, and certificates that sign themselves. */
@NullMarked
package dev.pawl.base.tls;

import org.jspecify.annotations.NullMarked;
