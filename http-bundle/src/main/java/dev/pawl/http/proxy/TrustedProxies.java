package dev.pawl.http.proxy;

import dev.pawl.base.net.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word about their clients counts, and the headers in which they give it. Proxies pass on headers that they do not know,
 * so that a client can forge the other kind: only one kind is read.
 *
 * @param standard whether they send {@code Forwarded} (RFC 7239) instead of {@code X-Forwarded-For} and its kin
 */
public record TrustedProxies(List<Network> networks, boolean standard) {

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Reads the settings; empty when there is no proxy.
     *
     * @param properties looks up a property by name; null when it is not set
     * @throws IllegalStateException when something in the list is neither an address nor a range
     */
    public static Optional<TrustedProxies> read(UnaryOperator<@Nullable String> properties) {
        List<Network> networks = new ArrayList<>();
        for (String entry : text(properties, "pawl.trusted.proxies").split(",", -1)) {
            if (!entry.isBlank()) {
                networks.add(Network.parse(entry.strip())
                        .orElseThrow(() -> new IllegalStateException("PAWL_TRUSTED_PROXIES holds \"" + entry.strip()
                                + "\"; it takes addresses and ranges such as 127.0.0.1,10.0.0.0/8,fd00::/8.")));
            }
        }
        return networks.isEmpty()
                ? Optional.empty()
                : Optional.of(new TrustedProxies(
                        networks, text(properties, "pawl.forwarded.header").equals("forwarded")));
    }

    private static String text(UnaryOperator<@Nullable String> properties, String name) {
        String value = properties.apply(name);
        return value == null ? "" : value;
    }

    /** Whether an address is that of a proxy. */
    public boolean trust(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The client's address: the last one of the chain that is not a proxy's, since each proxy adds its client at the end. Behind an entry
     * that is no address nothing is believed.
     *
     * @param peer the other side of the connection
     * @param chain the addresses that the proxies have written, the client's first
     */
    InetAddress client(InetAddress peer, List<String> chain) {
        InetAddress client = peer;
        for (int i = chain.size() - 1; i >= 0 && trust(client); i--) {
            Optional<InetAddress> before = NumericAddress.read(chain.get(i));
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }
}
