package dev.pawl.base.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises hosts that can be reached only from this machine. There are two questions: what a text says, for texts that come from
 * strangers, and where a connection to it would go, for hosts that the user of this machine names.
 */
public final class Loopback {

    private static final Pattern SPELLED = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    private Loopback() {}

    /** Whether the text itself is a loopback name or address; in either case, and with or without brackets. Nothing is looked up. */
    public static boolean isSpelled(String host) {
        return SPELLED.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether a connection to the host stays on this machine: the address is looked up. A host that is not known does not. */
    public static boolean isReached(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
