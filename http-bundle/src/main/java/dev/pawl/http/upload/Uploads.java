package dev.pawl.http.upload;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.http.route.BodyArrival;
import dev.pawl.http.route.BodyLimit;
import dev.pawl.http.route.Call;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;

/** Streams uploaded jars into a folder of its own: raw bodies, or the one file of a form. */
public final class Uploads {

    /** The largest jar, in bytes. */
    public static final long LARGEST = 256L << 20;

    /** The longest time in which a jar must arrive. */
    static final Duration SLOWEST = Duration.ofMinutes(15);

    private static final long FORM_OVERHEAD = 1 << 20;
    private static final BodyLimit JAR = new BodyLimit(LARGEST, SLOWEST);
    private static final BodyLimit FORM = new BodyLimit(LARGEST + FORM_OVERHEAD, SLOWEST);

    private final Path folder;

    public Uploads(Path folder) {
        this.folder = folder;
    }

    /** Removes files that an earlier process left behind. */
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
     * Receives a request's jar; after any error no file is left. The whole body is written to disk as it arrives, and no thread waits for
     * it; a form is parsed afterwards.
     *
     * @param parameters the names of the route's query parameters, which fields of a form may not have
     */
    public CompletableFuture<Upload> receive(Call call, Set<String> parameters) {
        String type = call.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
        boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
        Upload come = new Upload(makeFile());
        DiskOutput out = new DiskOutput(come.file());
        CompletableFuture<Void> arrival = BodyArrival.of(call.request(), isForm ? FORM : JAR, out::write);
        return arrival.handleAsync(
                (done, failure) -> {
                    try (out) {
                        if (failure == null) {
                            return isForm && type != null ? jar(come, new Form(type), parameters) : checked(come);
                        }
                    } catch (RuntimeException broken) {
                        come.discard();
                        throw broken;
                    }
                    come.discard();
                    throw FutureFailure.unchecked(failure);
                },
                call.work());
    }

    /** The one file of a form. */
    private Upload jar(Upload come, Form form, Set<String> parameters) {
        Upload jar = new Upload(makeFile());
        try (come;
                InputStream body = Files.newInputStream(come.file());
                DiskOutput out = new DiskOutput(jar.file())) {
            form.copyFile(body, out, parameters);
            return checked(jar);
        } catch (IOException e) {
            jar.discard();
            throw DiskOutput.unavailable(come.file(), e);
        } catch (RuntimeException e) {
            jar.discard();
            throw e;
        }
    }

    private static Upload checked(Upload jar) {
        try {
            if (Files.size(jar.file()) > 0) {
                return jar;
            }
        } catch (IOException e) {
            throw DiskOutput.unavailable(jar.file(), e);
        }
        throw new ProblemException(ProblemCode.MALFORMED, "The body is empty; it takes a bundle's jar.");
    }

    private Path makeFile() {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "upload", ".part");
        } catch (IOException e) {
            throw DiskOutput.unavailable(folder, e);
        }
    }
}
