package dev.pawl.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of the contexts, {@code pawl/contexts.json} in the user's configuration folder (XDG). It holds tokens, so it is its owner's
 * alone. It is written whole and renamed, so that a command killed in between leaves the former one.
 */
public final class ContextFile {
    private final Path file;

    private ContextFile(Path file) {
        this.file = file;
    }

    /** The file of the user with this environment. */
    public static ContextFile of(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path folder = xdg.isEmpty() ? home.resolve(".config") : Path.of(xdg);
        return new ContextFile(folder.resolve("pawl").resolve("contexts.json"));
    }

    public Path path() {
        return file;
    }

    /** Reads the contexts; none when there is no file. */
    public Contexts read() throws UsageException {
        try {
            return parsed(JsonTrees.parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Contexts.NONE;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UsageException("The file " + file + " holds no contexts; repair or remove it.");
        } catch (IOException e) {
            throw new UsageException("The file " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static Contexts parsed(JsonNode json) {
        Map<String, Context> contexts = new TreeMap<>();
        json.path("contexts")
                .properties()
                .forEach(entry -> contexts.put(
                        entry.getKey(),
                        new Context(
                                entry.getKey(),
                                URI.create(JsonTrees.text(entry.getValue(), "server")),
                                JsonTrees.text(entry.getValue(), "token"))));
        return new Contexts(JsonTrees.text(json, "current"), contexts);
    }

    /** Replaces the contexts. */
    public void write(Contexts contexts) throws UsageException {
        ObjectNode json = JsonTrees.object().put("current", contexts.current());
        ObjectNode named = json.putObject("contexts");
        contexts.all().forEach(context -> named.putObject(context.name())
                .put("server", context.server().toString())
                .put("token", context.token()));
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent(), ownerOnly("rwx------"));
            Path whole = Files.createTempFile(folder, "contexts", ".new", ownerOnly("rw-------"));
            try {
                Files.writeString(whole, json.toPrettyString() + "\n");
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw new UsageException("The file " + file + " cannot be written: " + e.getMessage() + ".");
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
