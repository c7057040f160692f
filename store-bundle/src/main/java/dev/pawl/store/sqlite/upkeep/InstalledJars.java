package dev.pawl.store.sqlite.upkeep;

import dev.pawl.launch.ModuleLocation;
import dev.pawl.store.sqlite.engine.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The jars of module bundles on the disk: the artifacts that deployments name, and the copies of them in the framework's bundle cache, whose
 * {@code bundle.info} has the bundle's location, a {@link ModuleLocation}, in its second line.
 */
final class InstalledJars {

    private final Path artifacts;
    private final Path cache;

    /** @param data the server's data folder */
    InstalledJars(Path data) {
        this.artifacts = data.resolve("artifacts");
        this.cache = data.resolve("cache").resolve("felix");
    }

    /** A sentence for each jar that is missing or damaged. */
    List<String> defects(Session session) throws SQLException {
        List<String> defects = new ArrayList<>();
        List<Installed> current = session.list(
                "SELECT sha256, bundle || ' ' || version FROM deployments WHERE is_current ORDER BY n",
                row -> new Installed(row.getString(1), row.getString(2)));
        for (Installed one : current) {
            Path artifact = artifacts.resolve(one.sha256 + ".jar");
            wrong(artifact, one.sha256)
                    .ifPresent(why -> defects.add("The jar " + artifact + " of the bundle " + one.name + " " + why
                            + ". Install the same jar again."));
        }
        try {
            copies(defects);
        } catch (IOException e) {
            defects.add("The bundle cache " + cache + " cannot be read: " + e + ".");
        }
        return defects;
    }

    private record Installed(String sha256, String name) {}

    private void copies(List<String> defects) throws IOException {
        if (!Files.isDirectory(cache)) {
            return; // the next start creates it
        }
        try (DirectoryStream<Path> bundles = Files.newDirectoryStream(cache, "bundle*")) {
            for (Path bundle : bundles) {
                Path info = bundle.resolve("bundle.info");
                List<String> lines = Files.isRegularFile(info) ? Files.readAllLines(info) : List.of();
                Optional<String> artifact = lines.size() > 1 ? ModuleLocation.sha256(lines.get(1)) : Optional.empty();
                if (artifact.isPresent()) {
                    copies(bundle, artifact.get(), defects);
                }
            }
        }
    }

    private static void copies(Path bundle, String sha256, List<String> defects) throws IOException {
        try (DirectoryStream<Path> revisions = Files.newDirectoryStream(bundle, "version*")) {
            for (Path revision : revisions) {
                Path copy = revision.resolve("bundle.jar");
                if (Files.exists(copy)) {
                    wrong(copy, sha256)
                            .ifPresent(why -> defects.add("The framework's copy " + copy + " of a module's jar " + why
                                    + ". The next start of the server replaces it."));
                }
            }
        }
    }

    private static Optional<String> wrong(Path jar, String sha256) {
        try (InputStream in = Files.newInputStream(jar)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream read = new DigestInputStream(in, digest)) {
                read.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest()).equals(sha256)
                    ? Optional.empty()
                    : Optional.of("is damaged");
        } catch (NoSuchFileException gone) {
            return Optional.of("is gone");
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
