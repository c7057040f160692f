package dev.pawl.http;

import dev.pawl.http.auth.HostCheck;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;

/** Where the HTTP server listens, as its runtime service says. */
final class Endpoint {

    private static final List<String> ANY = List.of("0.0.0.0", "::", "[::]");

    private final List<URI> addresses;

    /**
     * Reads where the server listens.
     *
     * @param runtime the service's properties
     */
    Endpoint(Map<String, Object> runtime) {
        Object endpoints = runtime.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT);
        String[] texts = endpoints instanceof String[] list ? list : new String[] {String.valueOf(endpoints)};
        this.addresses = List.of(texts).stream()
                .filter(text -> text.startsWith("http://"))
                .map(URI::create)
                .filter(address -> address.getPort() > 0) // those of connectors that listen nowhere have none
                .toList();
    }

    /** Whether only this machine reaches it. */
    boolean isLoopback() {
        return addresses.stream()
                .allMatch(address -> address.getHost() != null && HostCheck.isLoopback(address.getHost()));
    }

    /** The address for a client on this machine. */
    URI url(String host) {
        int port = addresses.stream()
                .mapToInt(URI::getPort)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The HTTP server listens nowhere."));
        String name = ANY.contains(host) ? "127.0.0.1" : host;
        return URI.create(
                "http://" + (name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port);
    }
}
