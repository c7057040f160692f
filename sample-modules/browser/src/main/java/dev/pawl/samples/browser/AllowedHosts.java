package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import dev.pawl.web.HostPatterns;
import dev.pawl.web.HostRules;
import dev.pawl.web.RefusedCallException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hosts that pages may be loaded from, by the rules of the module http. */
final class AllowedHosts {

    private final HostPatterns allowed;
    private final HostRules rules;

    private AllowedHosts(HostPatterns allowed, HostRules rules) {
        this.allowed = allowed;
        this.rules = rules;
    }

    /** The hosts of the settings {@code allowed_hosts} and {@code private_hosts}. */
    static AllowedHosts of(@Nullable List<String> allowedHosts, @Nullable List<String> privateHosts)
            throws ValidationException {
        HostPatterns allowed = patterns("allowed_hosts", allowedHosts);
        return new AllowedHosts(allowed, new HostRules(allowed, patterns("private_hosts", privateHosts)));
    }

    private static HostPatterns patterns(String setting, @Nullable List<String> texts) throws ValidationException {
        try {
            return HostPatterns.of(texts == null ? List.of() : texts);
        } catch (IllegalArgumentException e) {
            throw new ValidationException("The setting " + setting + ": " + e.getMessage(), e);
        }
    }

    /** Whether the host is allowed by its name, whatever its address is. */
    boolean covers(String host, int port) {
        return allowed.match(host, port);
    }

    /** Refuses an address whose host is not allowed; a name is not looked up. */
    void check(URI address) throws RefusedCallException {
        rules.check(address);
    }

    /** Refuses a host that a proxy is to look up. */
    void check(String host, int port) throws RefusedCallException {
        rules.check(URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/"));
    }

    /** An address of the host that connections may be made to. */
    InetAddress permitted(String host, int port) throws RefusedCallException, UnknownHostException {
        check(host, port);
        return rules.permitted(host, port, InetAddress.getAllByName(host))[0];
    }

    /** A refusal as a clause, with what an admin can do about it. */
    static String clause(RefusedCallException refusal, String host) {
        String text = String.valueOf(refusal.getMessage());
        String clause = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return clause
                + switch (refusal.reason()) {
                    case HOST -> "; an admin adds \"" + host + "\" to the setting allowed_hosts of the module browser";
                    case ADDRESS ->
                        "; an admin who means it adds \"" + host + "\" or its network to the setting private_hosts";
                    case PROXY -> "; an admin configures it by the settings proxy_url and proxy_rotation_url";
                    case URL, ANSWER -> "";
                };
    }
}
