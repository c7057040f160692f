package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import dev.pawl.web.ProxyAddress;
import dev.pawl.web.ProxyUrls;
import dev.pawl.web.RefusedCallException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that the pages of a task are loaded through.
 *
 * @param authorization the value of the header {@code Proxy-Authorization}; null when the proxy needs none
 */
record Upstream(String host, int port, @Nullable String authorization) {

    /**
     * The proxy of the settings.
     *
     * @param url the setting {@code proxy_url}
     * @param rotationUrl the setting {@code proxy_rotation_url}
     * @param session the job's input; the proxy keeps one address for it
     * @param geo the job's input; the place at which pages leave the proxy
     */
    static Upstream of(
            @Nullable String url, @Nullable String rotationUrl, @Nullable String session, @Nullable String geo)
            throws ValidationException {
        try {
            ProxyAddress address = new ProxyUrls(url, rotationUrl).address(session, geo);
            return new Upstream(address.host(), address.port(), authorization(address));
        } catch (RefusedCallException e) {
            throw new ValidationException(AllowedHosts.clause(e, "") + " of the module browser.", e);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable String authorization(ProxyAddress address) {
        if (address.user() == null) {
            return null;
        }
        String pair = address.user() + ":" + (address.password() == null ? "" : address.password());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return host + ":" + port; // without the password
    }
}
