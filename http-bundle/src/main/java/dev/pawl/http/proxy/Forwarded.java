package dev.pawl.http.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through proxies, as its headers tell it.
 *
 * @param chain the addresses, the client's first
 * @param scheme the protocol that the client spoke with the nearest proxy; null when it is not said
 * @param host the host for which the client asked; null when it is not said
 */
record Forwarded(
        List<String> chain,
        @Nullable String scheme,
        @Nullable String host) {

    /** A name and a value of {@code Forwarded}, and the comma after it, if it ends a hop. */
    private static final Pattern PAIR = Pattern.compile(
            "\\s*([A-Za-z0-9-]{1,20})=(?:\"((?:[^\"\\\\]|\\\\.){0,300})\"|([^;,\"\\s]{0,300}))\\s*([;,]|$)");

    /** An entry for what cannot be read. */
    private static final String UNREADABLE = "unknown";

    /** The longest chain that is read, from its end; proxies write a few addresses. */
    private static final int MOST_HOPS = 50;

    Forwarded {
        chain = List.copyOf(chain);
    }

    /** Reads {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. */
    static Forwarded common(HttpFields headers) {
        List<String> hosts = values(headers, HttpHeader.X_FORWARDED_HOST);
        List<String> schemes = values(headers, HttpHeader.X_FORWARDED_PROTO);
        return new Forwarded(last(values(headers, HttpHeader.X_FORWARDED_FOR)), nearest(schemes), nearest(hosts));
    }

    /** Reads {@code Forwarded}. */
    static Forwarded standard(HttpFields headers) {
        List<String> chain = new ArrayList<>();
        String scheme = null;
        String host = null;
        for (String line : lines(headers, HttpHeader.FORWARDED)) {
            Matcher pair = PAIR.matcher(line);
            String address = UNREADABLE;
            int at = 0;
            while (pair.find() && pair.start() == at) {
                at = pair.end();
                String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
                switch (pair.group(1).toLowerCase(Locale.ROOT)) {
                    case "for" -> address = value;
                    case "proto" -> scheme = value;
                    case "host" -> host = value;
                    default -> {} // by, and extensions
                }
                if (!pair.group(4).equals(";")) {
                    chain.add(address);
                    address = UNREADABLE;
                }
            }
            if (at < line.length()) {
                chain.add(UNREADABLE); // what follows it is the word of nobody
            }
        }
        return new Forwarded(last(chain), scheme, host);
    }

    private static List<String> values(HttpFields headers, HttpHeader name) {
        List<String> values = new ArrayList<>();
        for (String line : lines(headers, name)) {
            for (String value : line.split(",", -1)) {
                values.add(value.strip());
            }
        }
        return values;
    }

    private static List<String> lines(HttpFields headers, HttpHeader name) {
        return headers.getFields(name).stream()
                .map(HttpField::getValue)
                .flatMap(value -> Optional.ofNullable(value).stream())
                .toList();
    }

    private static @Nullable String nearest(List<String> values) {
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    private static List<String> last(List<String> hops) {
        return hops.subList(Math.max(0, hops.size() - MOST_HOPS), hops.size());
    }
}
