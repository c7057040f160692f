package dev.pawl.samples.http;

import dev.pawl.web.References;
import dev.pawl.web.RefusedCallException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parameters in the query of a URL. */
final class QueryParameter {

    private QueryParameter() {}

    /** The URL with one parameter set, in place of all of its name; the others stay as they are spelled. */
    static URI set(URI url, String name, String value) throws RefusedCallException {
        String encodedName = encoded(name);
        List<String> parts = new ArrayList<>();
        if (url.getRawQuery() != null) {
            for (String part : url.getRawQuery().split("&", -1)) {
                String key = part.contains("=") ? part.substring(0, part.indexOf('=')) : part;
                if (!part.isEmpty() && !key.equals(name) && !key.equals(encodedName)) {
                    parts.add(part);
                }
            }
        }
        parts.add(encodedName + "=" + encoded(value));
        return References.resolve(url, "?" + String.join("&", parts));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
