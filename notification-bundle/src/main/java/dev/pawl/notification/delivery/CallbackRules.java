package dev.pawl.notification.delivery;

import dev.pawl.service.job.Callback;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.web.HostPatterns;
import dev.pawl.web.HostRules;
import dev.pawl.web.RefusedCallException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The addresses that callbacks may have: those that the operator's list allows, public ones alone unless it names them, at ports where HTTP is
 * spoken. Not modifiable.
 */
public final class CallbackRules {

    private static final int FIRST_FREE_PORT = 1_024;
    private static final Set<Integer> WEB_PORTS = Set.of(80, 443);
    /** Names that lead to loopback everywhere (RFC 6761, 6.3). */
    private static final Pattern LOCAL = Pattern.compile("(?i)(?:.*\\.)?localhost\\.?");

    private static final String OFF = "off";
    private static final String REMEDY = " An operator of the server allows it by PAWL_CALLBACK_HOSTS.";

    private final HostPatterns named;
    private final HostRules hosts;

    private CallbackRules(HostPatterns allowed) {
        this.named = allowed.withoutWildcards();
        this.hosts = new HostRules(allowed, named);
    }

    /**
     * Reads the operator's list.
     *
     * @param hosts names, addresses and networks, separated by commas; {@code *} stands for every host of the public Internet, {@code off} for none
     * @throws IllegalArgumentException names the entry that is none
     */
    public static CallbackRules of(String hosts) {
        List<String> entries = Stream.of(hosts.split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty() && !host.equals(OFF))
                .toList();
        return new CallbackRules(HostPatterns.of(entries));
    }

    /** The rules for hosts and their addresses, by which the client connects. */
    public HostRules hosts() {
        return hosts;
    }

    /**
     * Judges the address by its text; a name is not looked up.
     *
     * @throws ProblemException {@code INVALID_JOB} when it may not be called
     */
    public void check(Callback callback) {
        try {
            judge(callback.uri());
        } catch (RefusedCallException refused) {
            throw new ProblemException(ProblemCode.INVALID_JOB, "callback_url: " + explained(refused), refused);
        }
    }

    /** Refuses an address by its text; the client judges what a name leads to. */
    public void judge(URI url) throws RefusedCallException {
        hosts.check(url);
        if (LOCAL.matcher(url.getHost()).matches() && !named.match(url.getHost(), HostRules.port(url))) {
            throw new RefusedCallException(
                    RefusedCallException.Reason.ADDRESS, "The host " + url.getHost() + " is this machine.");
        }
        int port = HostRules.port(url);
        if (port < FIRST_FREE_PORT && !WEB_PORTS.contains(port) && !named.match(url.getHost(), port)) {
            throw new RefusedCallException(
                    RefusedCallException.Reason.HOST,
                    "The port " + port + " belongs to another service than HTTP; it takes 80, 443, or 1024 and more.");
        }
    }

    /** The refusal with what to do. */
    public static String explained(RefusedCallException refused) {
        return switch (refused.reason()) {
            case HOST, ADDRESS -> refused.getMessage() + REMEDY;
            case URL, ANSWER, PROXY -> String.valueOf(refused.getMessage());
        };
    }
}
