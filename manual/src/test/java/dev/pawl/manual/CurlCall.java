package dev.pawl.manual;

import java.net.URI;
import java.util.List;
import java.util.Set;

/** Reads the request that a call of curl makes. */
final class CurlCall {

    /** The options that take no value; all others of the documentation take one. */
    private static final Set<String> FLAGS = Set.of("-N", "-s", "-f", "-k", "-i", "-L", "-sf", "-fsS");

    private CurlCall() {}

    /**
     * The method and the path.
     *
     * @param words the command and its arguments
     */
    static String of(List<String> words) {
        String method = "";
        String address = "";
        boolean hasBody = false;
        for (int at = 1; at < words.size(); at++) {
            String word = words.get(at);
            if (word.equals("-X")) {
                method = words.get(++at);
            } else if (word.startsWith("-")) {
                hasBody |= word.equals("-d") || word.startsWith("--data");
                at += FLAGS.contains(word) ? 0 : 1;
            } else {
                address = word;
            }
        }
        String used = method.isEmpty() ? hasBody ? "POST" : "GET" : method;
        String url = address.contains("://") ? address : "http://" + address;
        return used + " " + URI.create(url).getPath();
    }
}
