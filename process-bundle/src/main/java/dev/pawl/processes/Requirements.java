package dev.pawl.processes;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packages that a Python module needs: its {@code requirements.txt} with the files that this includes, and the wheels that it brings along.
 *
 * @param texts the files by name; empty when there is no line that counts
 * @param wheels the files of the folder {@code wheels}, by name
 */
record Requirements(NavigableMap<String, String> texts, NavigableMap<String, Path> wheels) {

    private static final String FILE = "requirements.txt";
    private static final String WHEELS = "wheels";
    private static final int LARGEST = 1 << 20;
    private static final int MOST = 20;
    private static final int KEY_DIGITS = 32;
    private static final Pattern INCLUDED = Pattern.compile("^\\s*(?:-r|-c|--requirement|--constraint)[\\s=]+(\\S+)");

    /** Reads those of a module's folder, which may be one of a jar. */
    static Requirements of(Path folder) {
        NavigableMap<String, String> texts = new TreeMap<>();
        NavigableMap<String, Path> wheels = new TreeMap<>();
        try {
            if (Files.isRegularFile(folder.resolve(FILE))) {
                read(folder, FILE, texts);
            }
            if (texts.values().stream().flatMap(String::lines).noneMatch(Requirements::counts)) {
                return new Requirements(new TreeMap<>(), wheels);
            }
            if (Files.isDirectory(folder.resolve(WHEELS))) {
                try (Stream<Path> files = Files.list(folder.resolve(WHEELS))) {
                    files.filter(Files::isRegularFile)
                            .forEach(file -> wheels.put(file.getFileName().toString(), file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Requirements(texts, wheels);
    }

    private static void read(Path folder, String name, Map<String, String> texts) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            throw refused("includes " + name + ", which is no file of the module");
        }
        if (Files.size(file) > LARGEST || texts.size() == MOST) {
            throw refused("has more than 1 MiB, or includes more than " + MOST + " files");
        }
        String text = Files.readString(file);
        texts.put(name, text);
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher included = INCLUDED.matcher(line);
            if (included.find() && !texts.containsKey(included.group(1))) {
                read(folder, included.group(1), texts);
            }
        }
    }

    private static boolean counts(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.startsWith("#") && !text.startsWith("-");
    }

    /** Whether nothing is needed beyond Python itself. */
    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Throws a problem for a line that would use the network. */
    void requireNoAddresses() {
        texts.forEach((name, text) -> text.lines()
                .filter(line -> counts(line) || line.strip().startsWith("-"))
                .filter(line -> line.contains("://") || line.strip().startsWith("-i") || line.contains("--index-url"))
                .findFirst()
                .ifPresent(line -> {
                    throw refused("names an address, and PAWL_PIP is offline: put the wheels of its packages into the"
                            + " module's folder wheels, or set PAWL_PIP=online");
                }));
    }

    /** A name for the environment with these packages. */
    String key(List<String> others) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            others.forEach(text -> digest.update((text + "\0").getBytes(StandardCharsets.UTF_8)));
            texts.forEach((name, text) -> digest.update((name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
            for (Map.Entry<String, Path> wheel : wheels.entrySet()) {
                digest.update((wheel.getKey() + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(wheel.getValue()));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the files into a folder, for pip. */
    void write(Path folder) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
        Path own = Files.createDirectories(folder.resolve(WHEELS));
        for (Map.Entry<String, Path> wheel : wheels.entrySet()) {
            Files.copy(wheel.getValue(), own.resolve(wheel.getKey()));
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.ENVIRONMENT_FAILED, "The module's " + FILE + " " + why + ".");
    }
}
