/** Export of traces by OpenTelemetry's protocol. The launcher installs this bundle only where an operator names a collector. */
@NullMarked
package dev.pawl.otel;

import org.jspecify.annotations.NullMarked;
