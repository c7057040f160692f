package dev.pawl.service.metric;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The page of all measurements. Safe for use by several threads. */
@ProviderType
public interface MetricsPage {

    /**
     * Asks every source.
     *
     * @param accept the content types that the client accepts, as in the header of a request: OpenMetrics when it names it, otherwise the
     *     text format of Prometheus
     */
    Page scrape(@Nullable String accept);

    /**
     * A page.
     *
     * @param type its content type
     * @param text its text
     */
    record Page(String type, String text) {}
}
