package dev.pawl.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** Looks hosts up for the connections to them, and gives only those addresses that the rules permit. */
final class PermittedAddresses implements DnsResolver {

    /** Carries a refusal through the client, which looks up names by a method that knows one kind of failure. */
    static final class NotPermittedException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        private final RefusedCallException refusal;

        NotPermittedException(RefusedCallException refusal) {
            super(refusal.getMessage());
            this.refusal = refusal;
        }

        RefusedCallException refusal() {
            return refusal;
        }
    }

    private final HostRules rules;
    private final HostLookup lookup;

    PermittedAddresses(HostRules rules, HostLookup lookup) {
        this.rules = rules;
        this.lookup = lookup;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        try {
            return Arrays.stream(rules.permitted(host, port, lookup.addresses(host)))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (RefusedCallException refused) {
            throw new NotPermittedException(refused);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new UnknownHostException("The host " + host + " was looked up without its port, by which it is judged.");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
