package dev.pawl.http.docs;

import dev.pawl.http.route.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The page for people at each address by which the server is reached. The last few are kept, so that clients that read nothing do not hold
 * one each.
 */
final class Pages {

    private static final int MOST = 4;

    private final String page;
    private final Map<String, Answer.Text> kept = new LinkedHashMap<>(8, 0.75f, true);

    /** @param page the page with marks for the address */
    Pages(String page) {
        this.page = page;
    }

    /** The page for a server at an address. */
    synchronized Answer.Text at(String origin) {
        Answer.Text known = kept.get(origin);
        if (known != null) {
            return known;
        }
        String text = page.replace(SampleCall.ORIGIN, origin)
                .replace(SampleCall.SOCKET_ORIGIN, origin.replaceFirst("^http", "ws"));
        Answer.Text made =
                Answer.Text.of("text/html; charset=utf-8", text).with("Content-Security-Policy", DocPage.POLICY);
        kept.put(origin, made);
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        return made;
    }
}
