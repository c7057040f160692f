package dev.pawl.http.proxy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, such as {@code 10.0.0.0/8}; a single address is one of a single address.
 *
 * @param first any address in the range
 * @param bits the number of leading bits that its addresses have in common
 */
record AddressRange(InetAddress first, int bits) {

    /** Reads a range; empty when the text is none. Nothing is looked up. */
    static Optional<AddressRange> read(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return NumericAddress.read(address).flatMap(first -> {
            int all = first.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : number(text.substring(slash + 1));
            return bits < 0 || bits > all ? Optional.empty() : Optional.of(new AddressRange(first, bits));
        });
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    boolean contains(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        int rest = own.length * Byte.SIZE - bits;
        return own.length == other.length
                && new BigInteger(1, own).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }
}
