package dev.pawl.samples.browser;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that pages may be loaded from. An entry is a name or an address, {@code *.example.com} for all names below one, a network such as
 * {@code 10.0.0.0/8}, or {@code *}; a name or an address may be followed by a port. Addresses that are not public are reached only
 * when the private hosts, which are written in the same way, name the host or the address's network too.
 *
 * @param entries in lower case
 * @param privateEntries names and networks that may lead to addresses which are not public
 */
record AllowedHosts(List<String> entries, List<String> privateEntries) {

    static AllowedHosts of(@Nullable List<String> allowed, @Nullable List<String> privateHosts) {
        return new AllowedHosts(plain(allowed), plain(privateHosts));
    }

    private static List<String> plain(@Nullable List<String> setting) {
        return setting == null
                ? List.of()
                : setting.stream().map(AllowedHosts::plain).toList();
    }

    private static String plain(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        String bare = lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** Whether some entry covers the host by its name, whatever its address is. */
    boolean covers(String host, int port) {
        return matches(entries, plain(host), port);
    }

    private static boolean matches(List<String> entries, String name, int port) {
        String withPort = name.indexOf(':') < 0 ? name + ":" + port : "[" + name + "]:" + port;
        return entries.stream()
                .anyMatch(entry -> entry.equals("*")
                        || entry.equals(name)
                        || entry.equals(withPort)
                        || (entry.startsWith("*.") && name.endsWith(entry.substring(1)))
                        || Network.of(entry).map(net -> net.contains(name)).orElse(false));
    }

    /** Whether connections to this address of the host may be made. */
    boolean permits(String host, int port, InetAddress address) {
        return covers(host, port)
                && (Network.isPublic(address)
                        || matches(privateEntries, plain(host), port)
                        || privateEntries.stream().anyMatch(entry -> Network.of(entry)
                                .map(net -> net.contains(address))
                                .orElse(false)));
    }

    /** Whether a name may be sent to a proxy, which looks up its address; addresses in any spelling are judged as addresses. */
    boolean permitsByProxy(String host, int port) {
        String name = plain(host);
        Optional<Network> literal = Network.of(name);
        boolean isLocal =
                name.equals("localhost") || name.endsWith(".localhost") || name.matches("(.*\\.)?(\\d+|0x[0-9a-f]*)");
        return literal.isPresent()
                ? permits(name, port, literal.get().first())
                : covers(name, port) && (!isLocal || matches(privateEntries, name, port));
    }

    /** The refusal of a host, as a clause that says how to allow it. */
    String refusal(String host, int port) {
        boolean isPrivate = covers(host, port);
        String reason = isPrivate
                ? "the host " + host + " has an address that is not public"
                : "the host " + host + " is not among the allowed hosts";
        return reason + ": an admin allows it by adding \"" + plain(host) + "\" to the setting "
                + (isPrivate ? "private_hosts" : "allowed_hosts") + " of the module browser";
    }

    /** The reason why the host of an address may not be reached; null when it may. */
    @Nullable
    String refusal(URI address) {
        if (address.getHost() == null || address.getHost().isEmpty()) {
            return "the address names no host";
        }
        int port = port(String.valueOf(address.getScheme()), address.getPort());
        return covers(address.getHost(), port) ? null : refusal(plain(address.getHost()), port);
    }

    /** The port of an address that may name none. */
    static int port(String scheme, int port) {
        final int http = 80;
        final int https = 443;
        return port >= 0 ? port : scheme.equalsIgnoreCase("https") ? https : http;
    }
}
