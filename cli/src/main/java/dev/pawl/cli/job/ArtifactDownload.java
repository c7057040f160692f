package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.FileStream;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Downloads one artifact. It has a hidden name until it is whole and has the digest that the server names; a download that broke off goes
 * on from there.
 */
final class ArtifactDownload {
    private static final int BUFFER = 64 << 10;

    /** The outcome of the download of an artifact. */
    enum Outcome {
        DOWNLOADED,
        /** It was there already. */
        PRESENT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Api api;
    private final String job;
    private final boolean overwrite;
    private final LongConsumer received;

    /**
     * Prepares downloads.
     *
     * @param overwrite whether other files of the same names are replaced
     * @param received is told the number of bytes that are there in addition
     */
    ArtifactDownload(Api api, String job, boolean overwrite, LongConsumer received) {
        this.api = api;
        this.job = job;
        this.overwrite = overwrite;
        this.received = received;
    }

    /** Downloads an artifact, as listed by the server, to a place. */
    Outcome to(Path place, JsonNode artifact) throws IOException, NoServerException, ProblemAnswerException {
        String sha256 = JsonTrees.text(artifact, "sha256");
        long size = artifact.path("size").asLong();
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.size(place) == size && hex(digestOf(place)).equals(sha256)) {
                received.accept(size);
                return Outcome.PRESENT;
            }
            if (!overwrite) {
                throw new IOException(place
                        + " exists and is another file; --overwrite replaces it, --download=DIR chooses a folder");
            }
        }
        Path part = place.resolveSibling(".pawl-" + sha256.replaceAll("[^0-9a-f]", "") + ".part");
        if (!Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS) || Files.size(part) > size) {
            Files.deleteIfExists(part);
        }
        String actual = fetch(part, JsonTrees.text(artifact, "path"), sha256, size);
        if (!actual.equals(sha256)) {
            Files.delete(part);
            throw new IOException("it arrived with the digest " + actual + " instead of " + sha256 + "; try again");
        }
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Outcome.DOWNLOADED;
    }

    private String fetch(Path part, String path, String sha256, long size)
            throws IOException, NoServerException, ProblemAnswerException {
        boolean begun = Files.exists(part);
        long from = begun ? Files.size(part) : 0;
        MessageDigest digest = begun ? digestOf(part) : sha256();
        if (begun && from == size) {
            received.accept(size);
            return hex(digest);
        }
        try (FileStream file = api.file("/jobs/" + Api.segment(job) + "/artifacts/" + escaped(path), from, sha256)) {
            boolean goesOn = from > 0 && file.isRest();
            if (goesOn) {
                received.accept(from);
            } else {
                digest.reset();
            }
            try (OutputStream out = Files.newOutputStream(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
                receive(file.contents(), out, digest);
            }
        }
        return hex(digest);
    }

    private void receive(InputStream in, OutputStream out, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            digest.update(buffer, 0, read);
            received.accept(read);
        }
    }

    private static String escaped(String path) {
        StringBuilder escaped = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            escaped.append(escaped.isEmpty() ? "" : "/").append(Api.segment(segment));
        }
        return escaped.toString();
    }

    private static MessageDigest digestOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return digest;
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
