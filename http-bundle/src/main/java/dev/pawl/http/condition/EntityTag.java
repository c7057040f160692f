package dev.pawl.http.condition;

import java.util.Arrays;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The strong entity tag of a version (RFC 9110, section 8.8.3). A compressed answer has the tag with {@code -gzip} at its end; in a
 * condition both stand for the same version.
 *
 * @param text the tag in quotation marks
 */
public record EntityTag(String text) {

    private static final String COMPRESSED = "-gzip";

    private static final String ANY = "*";

    /** The tag of a text. */
    public static EntityTag of(String content) {
        return new EntityTag("\"" + new Digest().with(content).text() + "\"");
    }

    /** The tag of the compressed form of a version. */
    public static String compressed(String tag) {
        return tag.substring(0, tag.length() - 1) + COMPRESSED + "\"";
    }

    /** Whether the client of a read has this version already. */
    public boolean isKnown(HttpFields headers) {
        return isNamed(headers.get("If-None-Match"), true);
    }

    /** Whether a list of tags names this version; a weak one may do so only where the contents need not be the same bytes. */
    private boolean isNamed(@Nullable String tags, boolean mayBeWeak) {
        return tags != null
                && (tags.strip().equals(ANY)
                        || Arrays.stream(tags.split(",", -1))
                                .map(String::strip)
                                .map(tag -> mayBeWeak && tag.startsWith("W/") ? tag.substring(2) : tag)
                                .map(tag -> tag.replace(COMPRESSED + "\"", "\""))
                                .anyMatch(text::equals));
    }

    /** Whether a change of this version, or of nothing when it is null, is what the request's conditions allow. */
    static boolean allowChange(@Nullable EntityTag present, HttpFields headers) {
        String match = headers.get("If-Match");
        String noneMatch = headers.get("If-None-Match");
        return (match == null || (present != null && present.isNamed(match, false)))
                && (noneMatch == null || present == null || !present.isNamed(noneMatch, true));
    }
}
