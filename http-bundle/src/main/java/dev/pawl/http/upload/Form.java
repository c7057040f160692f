package dev.pawl.http.upload;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload.MultipartStream;

/** A body of {@code multipart/form-data} (RFC 7578), read as a stream. */
final class Form {

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final int BUFFER = 16 << 10;
    private static final int MOST_PARTS = 20;

    private final byte[] boundary;

    Form(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw malformed("The content type names no boundary of 1 to 70 characters.");
        }
        String quoted = matcher.group(1);
        this.boundary = (quoted == null ? matcher.group(2) : quoted).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Copies the first part that is a file; other fields are passed over. */
    void copyFile(InputStream body, OutputStream out) throws IOException {
        try {
            var parts = new MultipartStream(body, boundary, BUFFER, null);
            boolean more = parts.skipPreamble();
            for (int seen = 0; more && seen < MOST_PARTS; seen++) {
                if (isFile(parts.readHeaders())) {
                    parts.readBodyData(out);
                    return;
                }
                parts.discardBodyData();
                more = parts.readBoundary();
            }
        } catch (MultipartStream.MalformedStreamException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The form is cut short or broken: " + e.getMessage(), e);
        }
        throw malformed("The form holds no file; it takes a bundle's jar as a file.");
    }

    private static boolean isFile(String headers) {
        for (String header : headers.split("\r\n", -1)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-disposition:") && lower.contains("filename")) {
                return true;
            }
        }
        return false;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}
