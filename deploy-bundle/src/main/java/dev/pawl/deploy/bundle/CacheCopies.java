package dev.pawl.deploy.bundle;

import dev.pawl.deploy.artifact.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of module jars in the framework's bundle cache, {@code bundle<id>/version<n>/bundle.jar}, from which classes are loaded, and
 * the files that the framework unpacked beside them: jars in {@code bundle.jar-embedded}, native code in {@code bundle.jar-lib}. Felix
 * never checks whether they are unchanged. A copy is compared with its artifact byte by byte, which takes a tenth of the time of a digest.
 */
public final class CacheCopies {

    private static final Logger LOG = LoggerFactory.getLogger(CacheCopies.class);
    private static final String COPY = "bundle.jar";

    private final @Nullable Path cache;
    private final Artifacts artifacts;

    public CacheCopies(BundleContext framework, Artifacts artifacts) {
        String storage = framework.getProperty(Constants.FRAMEWORK_STORAGE);
        this.cache = storage == null ? null : Path.of(storage);
        this.artifacts = artifacts;
    }

    /**
     * Whether a bundle's copy is identical to its artifact. Unpacked files that differ are deleted, and the framework unpacks them again.
     * Must be called before the bundle is resolved.
     */
    public boolean isWhole(Bundle bundle) {
        if (cache == null || bundle.getState() != Bundle.INSTALLED) {
            return true; // its classes are in use already, so a check would come too late
        }
        try {
            for (Path copy : copies(cache.resolve("bundle" + bundle.getBundleId()))) {
                if (!isCopy(copy, ModuleBundles.artifact(bundle))) {
                    return false;
                }
                tidy(copy);
            }
            return true;
        } catch (IOException e) {
            LOG.warn("The framework's copy of bundle {} cannot be read.", ModuleBundles.name(bundle), e);
            return false;
        }
    }

    private static List<Path> copies(Path folder) throws IOException {
        try (Stream<Path> revisions = Files.list(folder)) {
            return revisions
                    .map(revision -> revision.resolve(COPY))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    /** The comparison says nothing when the artifact itself is missing or damaged. */
    private boolean isCopy(Path copy, String sha256) throws IOException {
        boolean equal = artifacts.has(sha256) && Files.mismatch(artifacts.path(sha256), copy) < 0;
        return equal || Artifacts.digest(copy).equals(sha256);
    }

    private static void tidy(Path copy) throws IOException {
        Path embedded = copy.resolveSibling(COPY + "-embedded");
        List<Path> unpacked = files(embedded);
        if (!unpacked.isEmpty()) {
            try (ZipFile zip = new ZipFile(copy.toFile())) {
                for (Path file : unpacked) {
                    String name = embedded.relativize(file).toString().replace('\\', '/');
                    if (!isUnpacked(file, zip.getEntry(name))) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (Path file : files(copy.resolveSibling(COPY + "-lib"))) {
            Files.delete(file);
        }
    }

    private static boolean isUnpacked(Path file, @Nullable ZipEntry entry) throws IOException {
        if (entry == null || entry.getSize() != Files.size(file)) {
            return false;
        }
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return crc.getValue() == entry.getCrc();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
