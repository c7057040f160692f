package dev.pawl.base.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation (RFC 4632, RFC 4291), such as {@code 10.0.0.0/8} or {@code fd00::/8}; a single address is a
 * block of one.
 */
public final class Network {

    private static final String BYTE =
            "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"; // the JDK would look up what looks like an address and is none
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] first;
    private final int bits;

    private Network(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** The block in the text; empty when it is none. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        byte[] first = address.get().getAddress();
        int most = first.length * Byte.SIZE;
        String bits = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
        return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most
                ? Optional.of(new Network(first, Integer.parseInt(bits)))
                : Optional.empty();
    }

    /** A block that the code names. */
    public static Network of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no network."));
    }

    /** The address that the text spells, with or without the brackets of a URL; empty for a name, and nothing is looked up. */
    public static Optional<InetAddress> address(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Whether the address is in the block. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != first.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int n = 0; n < whole; n++) {
            if (first[n] != other[n]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        int mask = (0xff << (Byte.SIZE - rest)) & 0xff;
        return rest == 0 || (first[whole] & mask) == (other[whole] & mask);
    }
}
