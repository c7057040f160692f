package dev.pawl.http.proxy;

import dev.pawl.base.net.Network;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as strangers write them: with or without brackets, quotes and ports. Names are not looked up. */
final class NumericAddress {

    private static final String V4 = "[\\d.]{7,15}";
    private static final String V6 = "[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,44}";
    private static final String PORT = "(?::\\d{1,5})?";
    private static final Pattern FORM = Pattern.compile(
            "(?<bare>" + V4 + "|" + V6 + ")|(?<four>" + V4 + ")" + PORT + "|\\[(?<six>" + V6 + ")]" + PORT);

    private NumericAddress() {}

    static Optional<InetAddress> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String address = matcher.group("bare");
        if (address == null) {
            address = matcher.group("four") == null ? matcher.group("six") : matcher.group("four");
        }
        return Network.address(address);
    }
}
