package dev.pawl.deploy.source;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches a file over HTTPS, which its digest judges afterwards. Each redirect leads to an allowed host or nowhere. */
final class Download {

    private static final long LARGEST = 512L << 20;
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int MOST_REDIRECTS = 5;
    private static final int BUFFER = 1 << 16;

    private Download() {}

    /** Writes the file; throws a problem when it cannot be fetched. */
    static void fetch(RepositoryAddress address, AllowedSources allowed, Path file) {
        long end = System.nanoTime() + LONGEST.toNanos();
        HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        RepositoryAddress next = address;
        try {
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                allowed.check(next);
                if (!next.protocol().equals("https")) {
                    throw failed(next, "only https:// is fetched");
                }
                URI uri = URI.create(next.text());
                HttpResponse<InputStream> answer = client.send(
                        HttpRequest.newBuilder(uri).timeout(LONGEST).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    String location = answer.headers().firstValue("location").orElse("");
                    if (answer.statusCode() / 100 == 3 && !location.isEmpty()) {
                        next = RepositoryAddress.of(uri.resolve(location).toString());
                        continue;
                    }
                    if (answer.statusCode() != 200) {
                        throw failed(next, "the server answered with the status " + answer.statusCode());
                    }
                    copy(body, file, next, end);
                    return;
                }
            }
            throw failed(address, "it is redirected more than " + MOST_REDIRECTS + " times");
        } catch (IOException e) {
            throw failed(next, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(next, "the server does not wait for it any more");
        }
    }

    private static void copy(InputStream body, Path file, RepositoryAddress address, long end) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                if (bytes > LARGEST) {
                    throw failed(address, "it has more than " + (LARGEST >> 20) + " MiB");
                }
                if (System.nanoTime() > end) {
                    throw failed(address, "it took longer than " + LONGEST.toMinutes() + " minutes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static ProblemException failed(RepositoryAddress address, String why) {
        return new ProblemException(
                ProblemCode.SOURCE_FAILED, "The file " + address.text() + " cannot be fetched: " + why + ".");
    }
}
