package dev.pawl.samples.browser;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A network of addresses, such as {@code 10.0.0.0/8}.
 *
 * @param bits how many of the leading bits are fixed
 */
record Network(InetAddress first, int bits) {

    private static final String ADDRESS = "[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*";

    /** The network that a text names; empty when it is no network and no address. */
    static Optional<Network> of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches(ADDRESS)) {
            return Optional.empty(); // a name, which is not looked up here
        }
        try {
            InetAddress first = InetAddress.getByName(address);
            int all = first.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > all ? Optional.empty() : Optional.of(new Network(first, bits));
        } catch (UnknownHostException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether a literal address is in it. */
    boolean contains(String address) {
        return of(address).map(one -> contains(one.first())).orElse(false);
    }

    boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 1 << (7 - bit % Byte.SIZE);
            if ((mine[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is an address of the public internet (IANA's registries of special addresses). */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean isSpecial = bytes.length == 4
                ? first == 0
                        || (first == 100 && (second & 0xc0) == 64)
                        || (first == 192 && second == 0)
                        || (first == 198 && (second & 0xfe) == 18)
                        || first >= 240
                : (first & 0xfe) == 0xfc || (first & 0xe0) != 0x20;
        return !(isSpecial
                || address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress());
    }
}
