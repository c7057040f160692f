package dev.pawl.web;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of an HTTP server.
 *
 * @param url the address that answered, after all redirects
 * @param status the status code
 * @param headers the headers by their names in lower case, each with all its values
 * @param body the decoded content
 */
public record WebAnswer(URI url, int status, Map<String, List<String>> headers, Content body) {

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s\";]+)");
    private static final char BYTE_ORDER_MARK = '\ufeff';

    public WebAnswer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The first value of a header, by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }

    /** Whether the content says that it is JSON: {@code application/json} or a type with the suffix {@code +json}. */
    public boolean isJson() {
        String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip();
        return essence.equals("application/json") || essence.endsWith("+json");
    }

    /** The content as text, in the character set that it declares, or in UTF-8 when it declares none or one that does not exist. */
    public String text() {
        String text = body.text(charset());
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private Charset charset() {
        Matcher declared = CHARSET.matcher(header("content-type").orElse(""));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
