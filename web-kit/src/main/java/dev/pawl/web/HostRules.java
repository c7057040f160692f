package dev.pawl.web;

import dev.pawl.base.net.Network;
import dev.pawl.web.RefusedCallException.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts that may be called: those that are allowed by name, as far as their addresses are public or named too. Not modifiable.
 */
public final class HostRules {

    private static final Pattern ENDS_WITH_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final HostPatterns allowed;
    private final HostPatterns privateOnes;

    /**
     * Combines two lists.
     *
     * @param allowed the hosts that may be called
     * @param privateOnes names that may lead to addresses that are not public, and networks of such addresses
     */
    public HostRules(HostPatterns allowed, HostPatterns privateOnes) {
        this.allowed = allowed;
        this.privateOnes = privateOnes;
    }

    /**
     * Judges a URL by its text; a name is not looked up.
     *
     * @throws RefusedCallException when it may not be called
     */
    public void check(URI url) throws RefusedCallException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new RefusedCallException(
                    Reason.URL,
                    "The URL " + shown(url) + " is refused: it takes one that begins with http:// or https://.");
        }
        if (url.getRawUserInfo() != null) {
            throw new RefusedCallException(
                    Reason.URL, "The URL " + shown(url) + " is refused: it carries a user name or password.");
        }
        if (url.getHost() == null || isDisguised(url.getHost())) {
            throw new RefusedCallException(
                    Reason.URL,
                    "The URL " + shown(url)
                            + " is refused: its host is neither a name of letters, digits and hyphens (others take their"
                            + " xn-- spelling) nor an address in its usual spelling.");
        }
        if (!allowed.match(url.getHost(), port(url))) {
            throw new RefusedCallException(
                    Reason.HOST, "The host " + url.getHost() + ":" + port(url) + " is not an allowed host.");
        }
        Optional<InetAddress> literal = Network.address(url.getHost());
        if (literal.isPresent() && !permits(url.getHost(), port(url), literal.get())) {
            throw notPublic(url.getHost(), List.of(literal.get()));
        }
    }

    /**
     * The addresses among those of a host that may be connected to.
     *
     * @throws RefusedCallException when there is none
     */
    public InetAddress[] permitted(String host, int port, InetAddress[] all) throws RefusedCallException {
        InetAddress[] permitted = Arrays.stream(all)
                .filter(address -> permits(host, port, address))
                .toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw notPublic(host, List.of(all));
        }
        return permitted;
    }

    private boolean permits(String host, int port, InetAddress address) {
        return PublicAddresses.contain(address)
                || privateOnes.match(host, port)
                || privateOnes.holdNetworkOf(address, port);
    }

    private static RefusedCallException notPublic(String host, List<InetAddress> addresses) {
        String shown = String.join(
                ", ", addresses.stream().map(InetAddress::getHostAddress).toList());
        return new RefusedCallException(
                Reason.ADDRESS,
                "The host " + host + " leads to " + shown + ", which is no address of the public Internet.");
    }

    /** Whether a host ends with a number but is no plain address: resolvers take 2130706433 and 0x7f.1 for 127.0.0.1. */
    private static boolean isDisguised(String host) {
        return ENDS_WITH_NUMBER.matcher(HostPatterns.normal(host)).matches()
                && Network.address(HostPatterns.normal(host)).isEmpty();
    }

    /** The port of a URL, also when it is not written. */
    public static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /** The URL without what may be secret in it. */
    static String shown(URI url) {
        String text = url.toString();
        return url.getRawUserInfo() == null ? text : text.replace(url.getRawUserInfo() + "@", "");
    }
}
