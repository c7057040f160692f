package dev.pawl.http.upload;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload.MultipartStream;

/** A body of {@code multipart/form-data} (RFC 7578), read as a stream. */
final class Form {

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"?([^\";]*)\"?", Pattern.CASE_INSENSITIVE);
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

    /**
     * Copies the one part that is a file. Other fields are passed over, unless they have the name of a parameter: it would do nothing
     * here, and whoever sent it believes that it does.
     */
    void copyFile(InputStream body, OutputStream out, Set<String> parameters) throws IOException {
        boolean found = false;
        try {
            var parts = new MultipartStream(body, boundary, BUFFER, null);
            boolean more = parts.skipPreamble();
            for (int seen = 0; more && seen < MOST_PARTS; seen++) {
                String disposition = disposition(parts.readHeaders());
                refuseParameter(disposition, parameters);
                boolean isFile = disposition.toLowerCase(Locale.ROOT).contains("filename");
                if (isFile && found) {
                    throw malformed("The form holds more than one file; it takes one bundle's jar.");
                } else if (isFile) {
                    parts.readBodyData(out);
                    found = true;
                } else {
                    parts.discardBodyData();
                }
                more = parts.readBoundary();
            }
        } catch (MultipartStream.MalformedStreamException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The form is cut short or broken: " + e.getMessage(), e);
        }
        if (!found) {
            throw malformed("The form holds no file; it takes a bundle's jar as a file.");
        }
    }

    private static void refuseParameter(String disposition, Set<String> parameters) {
        Matcher name = NAME.matcher(disposition);
        if (name.find() && parameters.contains(name.group(1))) {
            throw malformed("The form has a field " + name.group(1) + "; it belongs in the address, as ?"
                    + name.group(1) + "=….");
        }
    }

    private static String disposition(String headers) {
        return Arrays.stream(headers.split("\r\n", -1))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
                .findFirst()
                .orElse("");
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}
