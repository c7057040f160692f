package dev.pawl.http.file;

import dev.pawl.http.condition.EntityTag;
import dev.pawl.http.negotiation.Acceptance;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.service.console.ConsoleFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** The answer that holds a file of the console or of the manual, under the policy that both have. */
public final class SiteAnswer {

    /** Nothing from elsewhere, no script and no style inside of the page, and no other page around it. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private SiteAnswer() {}

    /** Gives the contents of a compressed file to a client that takes no compressed answers. */
    @FunctionalInterface
    public interface Inflation {
        /** The contents. */
        ByteBuffer of(ByteBuffer gzip) throws IOException;
    }

    /** The answer to a request for a file. */
    public static Answer of(Call call, ConsoleFile file, Inflation inflation) throws IOException {
        HttpFields asked = call.request().getHeaders();
        var tag = new EntityTag("\"" + file.version() + "\"");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", tag.text());
        headers.put("Cache-Control", file.isPage() ? "no-cache" : "public, max-age=31536000, immutable");
        headers.put("Vary", "Accept-Encoding");
        headers.put("Content-Security-Policy", POLICY); // of a 304 too: a browser takes over its headers
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        if (tag.isKnown(asked)) {
            return new Answer.Empty(304, headers);
        }
        if (!file.isGzip()) {
            return new Answer.Text(file.type(), headers, file.bytes());
        }
        String encodings = asked.get("Accept-Encoding");
        if (encodings == null || !Acceptance.of(encodings).prefersGzip()) {
            return new Answer.Text(file.type(), headers, inflation.of(file.bytes()));
        }
        headers.put("ETag", EntityTag.compressed(tag.text()));
        headers.put("Content-Encoding", "gzip");
        return new Answer.Text(file.type(), headers, file.bytes());
    }
}
