package dev.pawl.web;

import dev.pawl.base.net.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public Internet from all others, by the IANA registries of special-purpose addresses (RFC 6890). Blocks of IPv6
 * that carry an address of IPv4 inside, such as NAT64 and 6to4, are not public, since they may lead to any.
 */
final class PublicAddresses {

    private static final List<Network> SPECIAL_IPV4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");
    private static final List<Network> SPECIAL_IPV6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    /** Whether the address is one of the public Internet. */
    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(network -> network.contains(address));
        }
        return GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }
}
