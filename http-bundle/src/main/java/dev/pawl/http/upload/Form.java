package dev.pawl.http.upload;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/** A body of {@code multipart/form-data} (RFC 7578), read as a stream. */
final class Form {

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final int BUFFER = 16 << 10;
    private static final int MOST_PARTS = 20;

    private final String boundary;

    Form(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw malformed("The content type names no boundary of 1 to 70 characters.");
        }
        String quoted = matcher.group(1);
        this.boundary = quoted == null ? matcher.group(2) : quoted;
    }

    /**
     * Copies the one part that is a file. Other fields are ignored, except those with the name of a parameter: they are refused, since they
     * would have no effect here although the sender expects one.
     */
    void copyFile(InputStream body, OutputStream out, Set<String> parameters) throws IOException {
        var file = new FormFile(out, parameters);
        var parser = new MultiPart.Parser(boundary, file);
        parser.setMaxParts(MOST_PARTS);
        for (byte[] piece = body.readNBytes(BUFFER); piece.length > 0; piece = body.readNBytes(BUFFER)) {
            parser.parse(Content.Chunk.from(ByteBuffer.wrap(piece), false));
            file.check();
        }
        parser.parse(Content.Chunk.EOF);
        file.checkEnd();
    }

    static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}
