package dev.pawl.service.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A place in a call from which a value is taken: a JSON pointer (RFC 6901) into the body, {@code header:NAME} or {@code query:NAME}. The empty
 * pointer is the whole body.
 *
 * @param kind the part of the call
 * @param path the reference tokens of the pointer, unescaped; the header's name in lower case, or the parameter's, alone
 * @param text the place as it is written
 */
public record ValueSource(Kind kind, List<String> path, String text) {

    /** The greatest length of its text. */
    public static final int MOST_CHARACTERS = 1_000;

    private static final String HEADER = "header:";
    private static final String QUERY = "query:";

    /** The names of headers by RFC 9110. */
    static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private static final Pattern LONE_TILDE = Pattern.compile("~(?![01])");

    /** The parts of a call. */
    public enum Kind {
        BODY,
        HEADER,
        QUERY
    }

    public ValueSource {
        path = List.copyOf(path);
    }

    /**
     * Reads a place.
     *
     * @throws IllegalArgumentException when it is none; the message continues the name of a field
     */
    public static ValueSource of(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    " has " + text.length() + " characters; it takes at most " + MOST_CHARACTERS + ".");
        }
        if (text.startsWith(HEADER)
                && HEADER_NAME.matcher(text.substring(HEADER.length())).matches()) {
            return new ValueSource(
                    Kind.HEADER, List.of(text.substring(HEADER.length()).toLowerCase(Locale.ROOT)), text);
        }
        if (text.startsWith(QUERY) && text.length() > QUERY.length()) {
            return new ValueSource(Kind.QUERY, List.of(text.substring(QUERY.length())), text);
        }
        if (text.isEmpty() || (text.startsWith("/") && !LONE_TILDE.matcher(text).find())) {
            return new ValueSource(Kind.BODY, tokens(text), text);
        }
        throw new IllegalArgumentException(" is \"" + text
                + "\"; it takes a JSON pointer such as /commits/0/id, in which ~0 stands for ~ and ~1 for /, the empty"
                + " text for the whole body, header:NAME or query:NAME.");
    }

    private static List<String> tokens(String pointer) {
        List<String> tokens = new ArrayList<>();
        if (!pointer.isEmpty()) {
            for (String token : pointer.substring(1).split("/", -1)) {
                tokens.add(token.replace("~1", "/").replace("~0", "~"));
            }
        }
        return tokens;
    }

    @Override
    public String toString() {
        return text;
    }
}
