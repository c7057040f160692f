package dev.pawl.deploy.pack;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Something to install, as a jar: the jar itself, or one that is packed from a folder or an archive with a {@code module.json} and deleted
 * in the end.
 *
 * @param jar the jar
 * @param place where it was packed; null when it is the file that was given
 */
public record ModuleSource(Path jar, @Nullable Artifacts place) implements AutoCloseable {

    private static final int LARGEST_MANIFEST = 1 << 20;
    private static final int GZIP = 0x1F8B;

    /** Whether a folder holds a module. */
    public static boolean isModule(Path folder) {
        return Files.isRegularFile(folder.resolve(FolderManifest.FILE));
    }

    /** Whether a bundle of that symbolic name was packed from a folder. */
    public static boolean isPacked(String bundle) {
        return bundle.startsWith(PackedModule.PREFIX);
    }

    /**
     * Packs a folder or an archive; a jar stays as it is.
     *
     * @param artifacts the place for what is packed
     */
    public static ModuleSource of(Path source, Artifacts artifacts) {
        try {
            if (Files.isDirectory(source)) {
                return packed(new FolderFiles(source), artifacts);
            }
            if (isGzip(source)) {
                return unpacked(source, artifacts);
            }
            return isModuleZip(source) ? packed(new ZipFiles(source), artifacts) : new ModuleSource(source, null);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_MANIFEST,
                    "The module at " + source + " cannot be read: " + IoReason.of(e) + ".",
                    e);
        }
    }

    /** The options for the jar: a digest that was asked for is that of what was given. */
    public InstallOptions pinned(Path given, InstallOptions options) {
        String pin = options.sha256();
        if (place == null || pin == null) {
            return options;
        }
        try {
            String found = Files.isDirectory(given) ? "that of a folder, which has none" : Artifacts.digest(given);
            if (!found.equalsIgnoreCase(pin)) {
                throw new ProblemException(
                        ProblemCode.HASH_MISMATCH,
                        "The archive's SHA-256 is " + found + ", and " + pin + " was expected.");
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.SOURCE_UNREADABLE, "The archive cannot be read: " + IoReason.of(e) + ".", e);
        }
        return InstallOptions.of(options.change());
    }

    private static ModuleSource unpacked(Path archive, Artifacts artifacts) throws IOException {
        Path plain = artifacts.temporaryFile();
        try {
            return packed(new TarFiles(archive, plain), artifacts);
        } finally {
            artifacts.release(plain);
        }
    }

    private static ModuleSource packed(FileSet source, Artifacts artifacts) throws IOException {
        Path jar = artifacts.temporaryFile();
        boolean good = false;
        try (FileSet files = source) {
            if (!files.names().contains(FolderManifest.FILE)) {
                throw new ProblemException(
                        ProblemCode.NO_MODULE_INSIDE,
                        "There is no " + FolderManifest.FILE + ", neither at the top nor in the only folder.");
            }
            FolderManifest manifest = FolderManifest.read(text(files));
            ProgramCheck.check(manifest, files);
            new PackedModule(manifest, files).write(jar);
            good = true;
            return new ModuleSource(jar, artifacts);
        } finally {
            if (!good) {
                artifacts.release(jar);
            }
        }
    }

    private static String text(FileSet files) throws IOException {
        try (InputStream in = files.open(FolderManifest.FILE)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw FolderManifest.refusal("it has more than 1 MiB");
            }
            int begin = bytes.length > 2 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB ? 3 : 0;
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, begin, bytes.length - begin)) // which refuses what is none
                    .toString();
        } catch (CharacterCodingException e) {
            throw FolderManifest.refusal("it is not in UTF-8; save it in that encoding");
        }
    }

    private static boolean isGzip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (in.read() << 8 | in.read()) == GZIP;
        } catch (IOException e) {
            return false; // as below
        }
    }

    /** Whether it is a zip archive with a module and without a bundle's manifest. */
    private static boolean isModuleZip(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(JarFile.MANIFEST_NAME) == null
                    && zip.stream()
                            .anyMatch(entry -> entry.getName().equals(FolderManifest.FILE)
                                    || entry.getName().matches("[^/]+/" + Pattern.quote(FolderManifest.FILE)));
        } catch (IOException e) {
            return false; // the reader of jars says what is wrong
        }
    }

    @Override
    public void close() {
        if (place != null) {
            place.release(jar);
        }
    }
}
