package dev.pawl.http.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as strangers write them: with or without brackets, quotes and ports. Names are not looked up. */
final class NumericAddress {

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String V4 = BYTE + "(?:\\." + BYTE + "){3}";
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
        try {
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
