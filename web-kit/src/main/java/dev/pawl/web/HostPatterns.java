package dev.pawl.web;

import dev.pawl.base.net.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of hosts that somebody configured: {@code example.com}, {@code *.example.com} (every name below it), {@code *} (every host), an
 * address, or a network such as {@code 10.0.0.0/8}. Names and IPv4 addresses may end with a port, such as {@code localhost:8080}, and
 * then hold for that port alone. Not modifiable.
 */
public final class HostPatterns {

    /** The accepted spellings, in words that complete "it takes …". */
    public static final String ACCEPTED =
            "names such as example.com, *.example.com or *, each also with a port as in example.com:8443, addresses, and networks such as"
                    + " 10.0.0.0/8";

    private static final Pattern NAME =
            Pattern.compile("(\\*|(?:\\*\\.)?[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*)\\.?(?::(\\d{1,5}))?");

    private final List<Entry> entries;

    private HostPatterns(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException names the entry that is none
     */
    public static HostPatterns of(List<String> texts) {
        List<Entry> entries = new ArrayList<>();
        for (String text : texts) {
            entries.add(entry(text.strip().toLowerCase(Locale.ROOT)));
        }
        return new HostPatterns(entries);
    }

    private static Entry entry(String text) {
        Optional<Network> network = Network.parse(text);
        if (network.isPresent()) {
            return new Entry(text, network.get(), null);
        }
        Matcher name = NAME.matcher(text);
        Integer port = name.matches() && name.group(2) != null ? Integer.valueOf(name.group(2)) : null;
        if (!name.matches() || (port != null && port > 65_535)) {
            throw new IllegalArgumentException("\"" + text + "\" is no host; it takes " + ACCEPTED + ".");
        }
        return new Entry(name.group(1), Network.parse(name.group(1)).orElse(null), port);
    }

    /** The same hosts, without the patterns that hold for many names. */
    public HostPatterns withoutWildcards() {
        return new HostPatterns(
                entries.stream().filter(entry -> !entry.text().startsWith("*")).toList());
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether a host of a URL, a name or an address, is in the list. Nothing is looked up. */
    public boolean match(String host, int port) {
        String name = normal(host);
        Optional<InetAddress> literal = Network.address(name);
        return entries.stream().anyMatch(entry -> entry.matches(name, literal.orElse(null), port));
    }

    /** Whether the address, to which a name leads, is in one of the listed networks. */
    boolean holdNetworkOf(InetAddress address, int port) {
        return entries.stream()
                .anyMatch(entry -> entry.network() != null
                        && entry.network().contains(address)
                        && (entry.port() == null || entry.port() == port));
    }

    /** The host of a URL in the one spelling in which it is compared. */
    static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private record Entry(
            String text,
            @Nullable Network network,
            @Nullable Integer port) {

        boolean matches(String name, @Nullable InetAddress literal, int asked) {
            if (port != null && port != asked) {
                return false;
            }
            if (text.equals("*")) {
                return true;
            }
            if (network != null) {
                return literal != null && network.contains(literal);
            }
            return text.startsWith("*.") ? name.endsWith(text.substring(1)) : name.equals(text);
        }
    }
}
