package dev.pawl.http.upload;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.http.route.BodyReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Streams jars that are sent into a folder of its own: raw, or as the one file of a form. */
public final class Uploads {

    /** The largest jar, in bytes. */
    public static final long LARGEST = 256L << 20;

    /** How long a jar may take to arrive. */
    static final Duration SLOWEST = Duration.ofMinutes(15);

    private static final int FORM_OVERHEAD = 1 << 20;

    private final Path folder;

    public Uploads(Path folder) {
        this.folder = folder;
    }

    /** Removes what an earlier process left behind. */
    public void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*.part")) {
                for (Path leftover : leftovers) {
                    Files.delete(leftover);
                }
            }
        }
    }

    /**
     * Receives a request's jar; whatever goes wrong, no file stays.
     *
     * @param parameters the names of what the address may hold, which a form may not
     */
    @SuppressWarnings("resource") // the caller closes what it is given
    public Upload receive(HttpServletRequest request, Set<String> parameters) throws IOException {
        BodyReader.checkSize(request.getContentLengthLong(), LARGEST + FORM_OVERHEAD);
        Upload upload = new Upload(makeFile());
        boolean received = false;
        try (OutputStream out = new DiskOutput(upload.file())) {
            copy(request, out, parameters);
            received = true;
        } finally {
            if (!received) {
                upload.close();
            }
        }
        if (Files.size(upload.file()) == 0) {
            upload.close();
            throw new ProblemException(ProblemCode.MALFORMED, "The body is empty; it takes a bundle's jar.");
        }
        return upload;
    }

    private Path makeFile() {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "upload", ".part");
        } catch (IOException e) {
            throw DiskOutput.unavailable(folder, e);
        }
    }

    private static void copy(HttpServletRequest request, OutputStream out, Set<String> parameters) throws IOException {
        String type = request.getContentType();
        InputStream body = request.getInputStream();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            new Form(type).copyFile(body, new CappedOutput(out, LARGEST, SLOWEST), parameters);
        } else {
            BodyReader.copy(body, out, LARGEST, SLOWEST);
        }
    }
}
