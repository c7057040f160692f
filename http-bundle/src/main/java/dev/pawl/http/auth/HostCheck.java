package dev.pawl.http.auth;

import dev.pawl.base.net.Loopback;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a request's Host is this server's, as a defence against DNS rebinding: a page whose name was pointed at our address still
 * sends its own name. Accepted are loopback names and addresses and the host that the server is bound to, each with its port, and the hosts
 * of the origins that may call, and the names of the server's certificate. A server bound to more than loopback needs tokens; it accepts any numeric address, which cannot be rebound,
 * and any port, since containers and proxies map ports.
 */
public final class HostCheck {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+(%[\\w.-]+)?]");

    private final String host;
    private final boolean loopback;
    private final Set<String> proxies = new HashSet<>();
    private final Supplier<Set<String>> certified;

    /**
     * Creates the check for a server.
     *
     * @param host the host that the server is bound to
     * @param origins the origins whose pages may call
     * @param certified returns the names for which the server's certificate is valid, in lower case
     */
    public HostCheck(String host, Set<String> origins, Supplier<Set<String>> certified) {
        this.certified = certified;
        this.host = bracketed(host.toLowerCase(Locale.ROOT));
        this.loopback = Loopback.isSpelled(host);
        for (String origin : origins) {
            proxies.add(origin.substring(origin.indexOf("://") + 3).toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Refuses a request that was meant for another server.
     *
     * @param header the request's Host header header
     * @param port the port on which the request arrived
     */
    public void check(@Nullable String header, int port) {
        if (header == null || !accepts(header.toLowerCase(Locale.ROOT), port)) {
            throw new ProblemException(
                    ProblemCode.FOREIGN_ORIGIN,
                    "The request's Host is " + (header == null ? "missing" : "\"" + header + "\"")
                            + ", which is not this server; use localhost:" + port
                            + " or the host it is bound to.");
        }
    }

    private boolean accepts(String header, int port) {
        int colon = header.lastIndexOf(':');
        boolean hasPort = colon > header.lastIndexOf(']');
        String name = hasPort ? header.substring(0, colon) : header;
        if (proxies.contains(header) || isCertified(name)) {
            return true;
        }
        boolean ours = isLoopback(name) || name.equals(host);
        return loopback
                ? ours && (hasPort ? header.substring(colon + 1).equals(Integer.toString(port)) : isUsual(port))
                : ours || ADDRESS.matcher(name).matches();
    }

    /** A rebound name would not have passed the client's check of the certificate. */
    private boolean isCertified(String name) {
        Set<String> names = certified.get();
        int dot = name.indexOf('.');
        return names.contains(name) || (dot > 0 && names.contains("*" + name.substring(dot)));
    }

    /** Whether clients leave the port out. */
    private static boolean isUsual(int port) {
        return port == 80 || port == 443;
    }

    /** In a Host, IPv6 addresses have brackets. */
    private static boolean isLoopback(String name) {
        return Loopback.isSpelled(name) && (name.indexOf(':') < 0 || name.startsWith("["));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
